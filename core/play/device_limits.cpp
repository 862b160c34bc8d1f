#include "core/play/device_limits.hpp"

namespace doodled {

RuleOptions meant_for(const DeviceProfile& profile, RuleOptions rules) {
  rules.device = {profile.name, profile.lowest_note, profile.highest_note, profile.polyphony};
  rules.middle_c = profile.middle_c;
  return rules;
}

}  // namespace doodled
