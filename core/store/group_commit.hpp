// Many writers, one commit: a commit waits for the disk, so those who wait together share it.
#pragma once
#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <vector>

#include "core/store/connection.hpp"

namespace doodled::store {

using ConnectionWork = std::function<void(Connection&)>;

// All or nothing, inside a transaction. What `work` throws is passed on.
void run_in_savepoint(Connection& connection, const ConnectionWork& work);

// While one lives, commits of this thread do not wait for the disk, unless others in the batch want that:
// what they write survives the end of the process, and a power cut once a later commit has waited.
class UnsyncedCommits {
 public:
  UnsyncedCommits();
  ~UnsyncedCommits();
  UnsyncedCommits(const UnsyncedCommits&) = delete;
  UnsyncedCommits& operator=(const UnsyncedCommits&) = delete;
};

class GroupCommit {
 public:
  explicit GroupCommit(Connection& connection) : connection_(connection) {}

  // Returns when the work is committed; throws what the work or the commit threw, and then nothing of it is
  // written. Thread-safe. The work may run on the thread of another caller.
  void run(const ConnectionWork& work);
  // Between two commits, outside of any transaction; soon, however many write. `work` must not throw. By one
  // thread at a time.
  void between(const ConnectionWork& work);
  // So far. Counted before anybody who waited for it is told. Thread-safe.
  std::uint64_t commits() const noexcept { return commits_; }
  // Of the write-ahead log after the last commit. Thread-safe.
  int log_pages() const noexcept { return log_pages_; }

 private:
  struct Waiter {
    const ConnectionWork& work;
    bool synced;
    std::exception_ptr failure = nullptr;
    bool done = false;
  };
  using Batch = std::vector<Waiter*>;

  void commit_batch(const Batch& batch);
  void sync_as_wanted(const Batch& batch);
  void run_batch(const Batch& batch);
  void roll_back() noexcept;

  Connection& connection_;
  bool synced_ = true;  // as Connection begins
  std::mutex mutex_;
  std::condition_variable changed_;
  Batch waiting_;
  bool busy_ = false;
  bool turn_wanted_ = false;  // by `between`
  std::atomic<std::uint64_t> commits_ = 0;
  std::atomic<int> log_pages_ = 0;
};

}  // namespace doodled::store
