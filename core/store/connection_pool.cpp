#include "core/store/connection_pool.hpp"

namespace doodled::store {

ConnectionPool::Lease ConnectionPool::lease() {
  std::unique_ptr<Connection> connection;
  {
    const std::lock_guard lock(mutex_);
    if (!idle_.empty()) {
      connection = std::move(idle_.back());
      idle_.pop_back();
    }
  }
  return {*this, connection ? std::move(connection) : opener_()};
}

// A connection that a failure left inside a transaction would show an old state for ever.
void ConnectionPool::give_back(std::unique_ptr<Connection> connection) {
  if (connection->in_transaction()) return;
  const std::lock_guard lock(mutex_);
  if (idle_.size() < most_idle) idle_.push_back(std::move(connection));
}

ReadSnapshot::~ReadSnapshot() {
  try {
    if (connection_.in_transaction()) Query(connection_, "COMMIT").run();
  } catch (...) {  // the pool drops the connection
  }
}

}  // namespace doodled::store
