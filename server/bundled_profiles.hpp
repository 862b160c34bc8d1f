// The device profiles of config/profiles, carried inside the program, and those of the user's folder.
#pragma once
#include <filesystem>

#include "core/play/profile_shelf.hpp"

namespace doodled {

// `folder` is `profiles.folder` of the settings; empty: only the program's own. Throws std::logic_error when
// one of those is broken: they are ours. Files of the folder that can't be used are the shelf's problems, and
// logged.
ProfileShelf all_profiles(const std::filesystem::path& folder);

}  // namespace doodled
