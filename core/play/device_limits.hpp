// What the rules go by for music that is meant for a device.
#pragma once
#include "core/play/device_profile.hpp"
#include "core/rules/rules.hpp"

namespace doodled {

// Within what it plays, and with pitches named as it names them.
RuleOptions meant_for(const DeviceProfile& profile, RuleOptions rules);

}  // namespace doodled
