// What went wrong below the store, told as StoreUnavailable.
#pragma once
#include <string>

#include "core/store/database.hpp"

namespace doodled::store {

// `failed_at` is what was being done, for people. Codes: disk_full (also quota and file size limits),
// read_only, io_error.
[[noreturn]] void throw_errno(int error, const std::string& failed_at);

// Call in a catch block: rethrows SQLite's exceptions about the disk or the file as StoreUnavailable and
// everything else as it is.
[[noreturn]] void rethrow_as_unavailable();

}  // namespace doodled::store
