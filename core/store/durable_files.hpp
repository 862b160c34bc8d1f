// Files that survive a power cut once the call has returned. All throw StoreUnavailable.
#pragma once
#include <filesystem>

#include "core/base/ids.hpp"

namespace doodled::store {

// Missing parents too.
void make_directory(const std::filesystem::path& directory);
// Written and synced; the name itself is not.
void write_synced(const std::filesystem::path& file, Bytes data);
// What is in the file; by whom it was written does not matter.
void sync_file(const std::filesystem::path& file);
// Renames and syncs the directory that `to` is in. Both are on one file system.
void move_durably(const std::filesystem::path& from, const std::filesystem::path& to);
// The names in it, that is; not what is in the files.
void sync_directory(const std::filesystem::path& directory);
// Whether its file system takes no writes at all, as one that was mounted so after errors. Throws nothing.
bool on_read_only_file_system(const std::filesystem::path& directory) noexcept;
// True when there was a file.
bool remove_durably(const std::filesystem::path& file);

}  // namespace doodled::store
