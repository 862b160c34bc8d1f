// What an archive of the box holds beside its store: the settings without secrets, and device profiles.
#pragma once
#include "core/upkeep/backup.hpp"
#include "server/settings.hpp"

namespace doodled {

// As the files are now. What can't be read is left out with a warning.
Companions box_files(const Settings& settings);

}  // namespace doodled
