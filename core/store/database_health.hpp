// How a database is, without changing it: nothing is made, migrated or repaired.
#pragma once
#include <chrono>
#include <filesystem>
#include <string>

namespace doodled {

struct DatabaseHealth {
  int schema_version = 0;
  std::string damage;                       // what SQLite's quick_check complains of first; empty: nothing
  bool complete = false;                    // the check came to its end in time
  std::int64_t bytes = 0, stuck_bytes = 0;  // of the file; and those that are free and stay in it
};

// Reads DIR/doodled.sqlite3, also while a daemon uses it. Throws StoreUnavailable: damaged when it is no
// database, read_only when it may not be read, busy, io_error.
DatabaseHealth database_health(const std::filesystem::path& data_dir, std::chrono::milliseconds most);

}  // namespace doodled
