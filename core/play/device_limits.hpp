// What the rules have to know of a device.
#pragma once
#include "core/play/device_profile.hpp"
#include "core/rules/rules.hpp"

namespace doodled {

DeviceLimits limits_of(const DeviceProfile& profile);

}  // namespace doodled
