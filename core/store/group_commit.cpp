#include "core/store/group_commit.hpp"

#include <algorithm>
#include <utility>

namespace doodled::store {
namespace {

thread_local int unsynced = 0;

}  // namespace

void run_in_savepoint(Connection& connection, const ConnectionWork& work) {
  Query(connection, "SAVEPOINT one").run();
  try {
    work(connection);
  } catch (...) {
    if (connection.in_transaction()) connection.run_script("ROLLBACK TO one; RELEASE one");
    throw;
  }
  Query(connection, "RELEASE one").run();
}

UnsyncedCommits::UnsyncedCommits() { ++unsynced; }
UnsyncedCommits::~UnsyncedCommits() { --unsynced; }

void GroupCommit::run(const ConnectionWork& work) {
  Waiter own{work, unsynced == 0};
  std::unique_lock lock(mutex_);
  waiting_.push_back(&own);
  changed_.wait(lock, [&] { return own.done || (!busy_ && !turn_wanted_); });
  if (!own.done) {
    busy_ = true;
    const Batch batch = std::exchange(waiting_, {});
    lock.unlock();
    commit_batch(batch);
    lock.lock();
    busy_ = false;
    for (auto* waiter : batch) waiter->done = true;
    changed_.notify_all();
  }
  lock.unlock();
  if (own.failure) std::rethrow_exception(own.failure);
}

void GroupCommit::between(const ConnectionWork& work) {
  std::unique_lock lock(mutex_);
  turn_wanted_ = true;
  changed_.wait(lock, [&] { return !busy_; });
  turn_wanted_ = false;
  busy_ = true;
  lock.unlock();
  work(connection_);
  lock.lock();
  busy_ = false;
  changed_.notify_all();
}

void GroupCommit::commit_batch(const Batch& batch) {
  try {
    sync_as_wanted(batch);
    Query(connection_, "BEGIN IMMEDIATE").run();
    run_batch(batch);
    Query(connection_, "COMMIT").run();
    ++commits_;
    log_pages_ = connection_.log_pages();
  } catch (...) {
    roll_back();
    for (auto* waiter : batch)
      if (!waiter->failure) waiter->failure = std::current_exception();
  }
}

// SQLite: with NORMAL a commit in WAL mode is written and not synced; the next one with FULL syncs both.
void GroupCommit::sync_as_wanted(const Batch& batch) {
  const bool wanted = std::ranges::any_of(batch, [](const Waiter* waiter) { return waiter->synced; });
  if (wanted == synced_) return;
  connection_.run_script(wanted ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = NORMAL");
  synced_ = wanted;
}

// A failure concerns its own work only, unless SQLite has given up the whole transaction. Work that is alone
// is the whole transaction and needs no point to go back to, which costs a copy of every page that it
// changes.
void GroupCommit::run_batch(const Batch& batch) {
  if (batch.size() == 1) return batch.front()->work(connection_);
  for (auto* waiter : batch) {
    try {
      run_in_savepoint(connection_, waiter->work);
    } catch (...) {
      waiter->failure = std::current_exception();
      if (!connection_.in_transaction()) throw;
    }
  }
}

void GroupCommit::roll_back() noexcept {
  try {
    if (connection_.in_transaction()) connection_.run_script("ROLLBACK");
  } catch (...) {  // the next BEGIN fails and says so
  }
}

}  // namespace doodled::store
