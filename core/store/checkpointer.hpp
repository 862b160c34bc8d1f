// Moves what the write-ahead log holds into the database file, beside the writers. SQLite's own way has a
// commit do it, for which all others wait.
#pragma once
#include "core/base/errand.hpp"
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
  void empty_log();

  ConnectionPool& readers_;
  GroupCommit& writers_;
  Errand errand_;
};

}  // namespace doodled::store
