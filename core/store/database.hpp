// The database of one data directory: DIR/doodled.sqlite3 (WAL, synchronous=FULL, foreign keys on).
//
// Threads: a Database and every record class over it may be used from any number of threads at once. Reads
// take a connection each from a pool and never wait for a writer. Writes that wait together share one commit:
// the first waiter runs the work of all, each in a savepoint of its own, and wakes them when the disk has it.
// Hence a write's work may run on another thread than the caller's, which waits meanwhile. Never call from
// the player's or a runner's thread: a commit waits for the disk.
//
// When a call returns, what it wrote survives a power cut. When it throws, nothing of it was written.
#pragma once
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <stdexcept>
#include <string>
#include <type_traits>

#include "core/store/migrations.hpp"

namespace doodled {

// The store cannot do it now, through no fault of the caller; it is as it was before the call.
class StoreUnavailable : public std::runtime_error {
 public:
  StoreUnavailable(std::string code, const std::string& message)
      : std::runtime_error(message), code_(std::move(code)) {}
  // disk_full, read_only, io_error, busy (another process holds it), damaged or newer_database.
  const std::string& code() const noexcept { return code_; }

 private:
  std::string code_;
};

namespace store {
class Connection;
}

struct DatabaseOptions {
  int busy_timeout_ms = 5000;  // how long to wait for another process that writes
  int max_pages = 0;           // upper limit of the file in pages of 4096 bytes; 0: none
  std::string vfs;             // name of a registered SQLite VFS; empty: the system's
  std::span<const store::Migration> migrations = store::all_migrations();
};

class Database {
 public:
  // Makes the directory and the file where missing, and brings the schema up to date; an existing database
  // is copied to DIR/doodled.sqlite3.version-N before; the newest two stay. Throws StoreUnavailable. On a
  // file system that takes no writes, what is there can be read; each write throws read_only.
  explicit Database(std::filesystem::path data_dir, const DatabaseOptions& options = {});
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  const std::filesystem::path& directory() const noexcept { return directory_; }
  int schema_version();
  // Writes committed here since the start: what was read after asking for it is still true while it is the
  // same. Never waits.
  std::uint64_t commits() const noexcept;

  // Bytes of what is in it, without pages that are free.
  std::int64_t used_bytes();
  // Gives free pages back to the file system, in pieces, so that no writer waits long. Databases that were
  // made before this could be keep them for what comes, since to change that every writer would have to wait
  // while all of it is written anew; a copy (copy_to) has none, and gives back those that come.
  void give_back();

  // One moment of the whole database as a file of its own, that is whole or absent. Blocks no writer. `file`
  // must not exist. Not inside read or write. Throws StoreUnavailable.
  void copy_to(const std::filesystem::path& file);

  // Everything that record classes write inside `work` is committed together, or, where it throws, not at
  // all.
  void transaction(const std::function<void()>& work);

  // For the record classes. work(Connection&) runs in a read snapshot, or in a write transaction; inside
  // either, further calls join it.
  template <class Work>
  auto read(Work&& work) {
    return with_result(work, [this](const ConnectionWork& inner) { run_read(inner); });
  }
  template <class Work>
  auto write(Work&& work) {
    return with_result(work, [this](const ConnectionWork& inner) { run_write(inner); });
  }

 private:
  using ConnectionWork = std::function<void(store::Connection&)>;
  class Impl;

  template <class Work, class Runner>
  static auto with_result(Work& work, const Runner& runner) {
    using Value = std::invoke_result_t<Work&, store::Connection&>;
    if constexpr (std::is_void_v<Value>) {
      runner([&](store::Connection& connection) { work(connection); });
    } else {
      std::optional<Value> value;
      runner([&](store::Connection& connection) { value.emplace(work(connection)); });
      return Value(std::move(*value));
    }
  }
  void run_read(const ConnectionWork& work);
  void run_write(const ConnectionWork& work);

  std::filesystem::path directory_;
  std::unique_ptr<Impl> impl_;
};

}  // namespace doodled
