// Back from a backup (core/upkeep/backup.hpp). The file is taken for hostile: only the names that a backup
// has are unpacked, every picture must have its hash, and the chain must fit, before anything is used.
#pragma once
#include <filesystem>

#include "core/upkeep/backup.hpp"

namespace doodled {

// Errors of all three: not_a_backup, damaged_backup (says what does not fit), backup_failed (the disk). Each
// needs room for the unpacked backup beside the data.

// The other box's settings in the data directory: looked at and copied by hand.
inline constexpr auto imported_settings = "imported-settings.toml";

// In `folder`, and removed again.
Result<BackupManifest> verify_backup(const std::filesystem::path& file, const std::filesystem::path& folder);

// Into a data directory without a database. No daemon may run there. Device profiles come to its folder
// `profiles`, the settings beside them as `imported_settings`. Also data_dir_not_empty.
Result<BackupManifest> restore_backup(const std::filesystem::path& file,
                                      const std::filesystem::path& data_dir);

struct Merged {
  std::int64_t added = 0, known = 0;  // sessions
};
// Adds the sessions that the store lacks, with pictures, strokes, what was asked and answered, titles, tags
// and stars, as new rows of its chain. Hidden ones stay behind; so do jobs and plays, and what MIDI Learn was
// taught there.
Result<Merged> merge_backup(const std::filesystem::path& file, Store& into);

}  // namespace doodled
