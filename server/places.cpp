#include "server/places.hpp"

#include <cerrno>
#include <cstdlib>

#include <sys/stat.h>
#include <unistd.h>

namespace doodled {
namespace {

using std::filesystem::path;

bool is_there(const path& file) {
  std::error_code unknown;
  return std::filesystem::exists(file, unknown);
}

path own_data_dir(const PlacesGiven& given) {
  if (const auto data = given.variable("XDG_DATA_HOME"); data && !data->empty())
    return path(*data) / "doodled";
  return path(given.variable("HOME").value_or("")) / ".local/share/doodled";
}

std::optional<path> named_config(const PlacesGiven& given) {
  if (!given.config.empty()) return given.config;
  if (const auto file = given.variable("DOODLED_CONFIG"); file && !file->empty()) return path(*file);
  return std::nullopt;
}

bool same_file(const path& one, const path& other) {
  std::error_code unknown;
  return one == other || std::filesystem::equivalent(one, other, unknown);
}

bool is_refused(const path& place, int wish) { return ::access(place.c_str(), wish) != 0 && errno == EACCES; }

void give(const path& place, const struct stat& owner) {
  struct stat now {};
  if (::lstat(place.c_str(), &now) != 0 || now.st_uid != 0) return;
  // What can't be given away is told by the daemon, which can't read it then.
  [[maybe_unused]] const int given = ::lchown(place.c_str(), owner.st_uid, owner.st_gid);
}

}  // namespace

Places find_places(const PlacesGiven& given) {
  const auto named = named_config(given);
  const auto state = given.variable("STATE_DIRECTORY");
  const auto own = own_data_dir(given);
  if (state && !state->empty()) return {named, *state};
  const auto& packaged = given.packaged;
  if (named) return {named, same_file(*named, packaged.config) ? packaged.data_dir : own};
  const bool packages =
      !given.own && !given.data_dir && is_there(packaged.config) && !is_there(own / "doodled.sqlite3");
  if (packages) return {packaged.config, packaged.data_dir};
  return {std::nullopt, own};
}

void find_own_profiles(Settings& settings) {
  if (!settings.profiles.folder.empty()) return;
  const auto folder = settings.store.data_dir / "profiles";
  if (is_there(folder)) settings.profiles.folder = folder;
}

std::optional<std::string> environment_variable(const char* name) {
  const char* value = std::getenv(name);
  return value ? std::optional<std::string>(value) : std::nullopt;
}

std::optional<Error> refused_place(const path& data_dir) {
  if (!is_refused(data_dir, R_OK | X_OK) && !is_refused(data_dir / "doodled.sqlite3", R_OK | W_OK))
    return std::nullopt;
  return Error{
      "not_allowed",
      data_dir.string() +
          " may not be used by this user: type sudo before the command, or sudo -u USER with the user "
          "that the daemon runs as",
      {}};
}

void give_to_owner(const path& place, const path& data_dir) {
  struct stat owner {};
  if (::geteuid() != 0 || ::stat(data_dir.c_str(), &owner) != 0 || owner.st_uid == 0) return;
  give(place, owner);
  std::error_code failed;
  for (std::filesystem::recursive_directory_iterator it(place, failed), end; !failed && it != end;
       it.increment(failed))
    give(it->path(), owner);
}

}  // namespace doodled
