#include "server/bundled_profiles.hpp"

#include <span>
#include <stdexcept>

#include <nlohmann/json.hpp>

#include "core/base/log.hpp"

namespace doodled {

namespace embedded {
extern const std::span<const std::string_view> device_profiles;
}

ProfileShelf all_profiles(const std::filesystem::path& folder) {
  ProfileShelf shelf;
  shelf.add(generic_profile(), "built in");
  for (const auto text : embedded::device_profiles) {
    auto profile = profile_from_json(Json::parse(text));
    if (!profile) throw std::logic_error("a bundled profile is broken: " + profile.error().message);
    shelf.add(std::move(*profile), "built in");
  }
  if (!folder.empty()) shelf.add_folder(folder);
  for (const auto& problem : shelf.problems)
    log::warning("profiles", problem.message, {{"file", problem.pointer}});
  return shelf;
}

}  // namespace doodled
