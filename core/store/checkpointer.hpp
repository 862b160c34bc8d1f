// Moves what the write-ahead log holds into the database file, beside the writers. SQLite's own way has a
// commit do it, for which all others wait.
#pragma once
#include <condition_variable>
#include <mutex>
#include <stop_token>
#include <thread>

#include "core/store/connection_pool.hpp"
#include "core/store/group_commit.hpp"

namespace doodled::store {

class Checkpointer {
 public:
  // Both outlive it.
  Checkpointer(ConnectionPool& readers, GroupCommit& writers);

  // Call after each commit: has the log emptied once it is long. Thread-safe, never waits.
  void look();

 private:
  void work(const std::stop_token& stop);
  void empty_log();

  ConnectionPool& readers_;
  GroupCommit& writers_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  bool due_ = false;
  std::jthread thread_;
};

}  // namespace doodled::store
