#include "server/bundled_profiles.hpp"

#include <span>
#include <stdexcept>

#include <nlohmann/json.hpp>

namespace doodled {

namespace embedded {
extern const std::span<const std::string_view> device_profiles;
}

std::map<std::string, DeviceProfile> bundled_profiles() {
  std::map<std::string, DeviceProfile> profiles{{"generic", generic_profile()}};
  for (const auto text : embedded::device_profiles) {
    auto profile = profile_from_json(Json::parse(text));
    if (!profile) throw std::logic_error("a bundled profile is broken: " + profile.error().message);
    profiles[profile->id] = std::move(*profile);
  }
  return profiles;
}

}  // namespace doodled
