// Where a command finds the settings and the data of the box, when it is not told: those of the service that
// the package installs, if there is one, and else the user's own.
#pragma once
#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "core/base/result.hpp"
#include "server/settings.hpp"

namespace doodled {

// As cmake/Package.cmake and systemd/doodled.service have them.
struct PackagedPlaces {
  std::filesystem::path config = "/etc/doodled/doodled.toml", data_dir = "/var/lib/doodled";
};

struct PlacesGiven {
  std::filesystem::path config;  // --config; empty: not given
  bool data_dir = false;         // --data-dir, or store.data_dir in --set or in the environment
  bool own = false;              // the command begins something of the user's own: never the package's
  std::function<std::optional<std::string>(const char*)> variable;  // of the environment
  PackagedPlaces packaged;
};

struct Places {
  std::optional<std::filesystem::path> config;
  std::filesystem::path data_dir;  // where the settings name none
};

// Settings: --config, then $DOODLED_CONFIG, then the package's file. Data, after what the settings say:
// $STATE_DIRECTORY, then that of the package, and else the user's own: $XDG_DATA_HOME/doodled or
// ~/.local/share/doodled. The package's file and data go together: they are meant when its file is named, or
// when it is there, nothing else was said, and the user has no store of their own.
Places find_places(const PlacesGiven& given);

// Where the settings name no folder for device profiles, `profiles` in the data directory is it, if it is
// there.
void find_own_profiles(Settings& settings);

// What the process has of its environment.
std::optional<std::string> environment_variable(const char* name);

// The error 'not_allowed', which says what to do, where this user may not use what is in the directory; else
// nothing, also where it is not there.
std::optional<Error> refused_place(const std::filesystem::path& data_dir);

// Gives what root has made in `place` (a file, or a folder with all that is in it) to the owner of
// `data_dir`, so that the daemon, which runs as that user, can go on with it. For anybody else it does
// nothing.
void give_to_owner(const std::filesystem::path& place, const std::filesystem::path& data_dir);

}  // namespace doodled
