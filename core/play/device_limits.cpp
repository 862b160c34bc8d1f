#include "core/play/device_limits.hpp"

namespace doodled {

DeviceLimits limits_of(const DeviceProfile& profile) {
  return {profile.name, profile.lowest_note, profile.highest_note, profile.polyphony};
}

}  // namespace doodled
