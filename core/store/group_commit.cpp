#include "core/store/group_commit.hpp"

#include <utility>

namespace doodled::store {

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

void GroupCommit::run(const ConnectionWork& work) {
  Waiter own{work};
  std::unique_lock lock(mutex_);
  waiting_.push_back(&own);
  changed_.wait(lock, [&] { return own.done || !busy_; });
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

void GroupCommit::commit_batch(const Batch& batch) {
  try {
    Query(connection_, "BEGIN IMMEDIATE").run();
    run_batch(batch);
    Query(connection_, "COMMIT").run();
  } catch (...) {
    roll_back();
    for (auto* waiter : batch)
      if (!waiter->failure) waiter->failure = std::current_exception();
  }
}

// A failure concerns its own work only, unless SQLite has given up the whole transaction.
void GroupCommit::run_batch(const Batch& batch) {
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
