// The device profiles of config/profiles, carried inside the program.
#pragma once
#include <map>
#include <string>

#include "core/play/device_profile.hpp"

namespace doodled {

// By id. Throws std::logic_error when one of them is broken: they are ours.
std::map<std::string, DeviceProfile> bundled_profiles();

}  // namespace doodled
