// Connections for readers, opened as needed and kept for the next one.
#pragma once
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "core/store/connection.hpp"

namespace doodled::store {

class ConnectionPool {
 public:
  using Opener = std::function<std::unique_ptr<Connection>()>;

  // Gives its connection back at its end.
  class Lease {
   public:
    Lease(ConnectionPool& pool, std::unique_ptr<Connection> connection)
        : pool_(pool), connection_(std::move(connection)) {}
    ~Lease() { pool_.give_back(std::move(connection_)); }
    Lease(const Lease&) = delete;
    Lease& operator=(const Lease&) = delete;
    Connection& operator*() const { return *connection_; }

   private:
    ConnectionPool& pool_;
    std::unique_ptr<Connection> connection_;
  };

  explicit ConnectionPool(Opener opener) : opener_(std::move(opener)) {}
  Lease lease();

 private:
  static constexpr std::size_t most_idle = 4;
  void give_back(std::unique_ptr<Connection> connection);

  Opener opener_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Connection>> idle_;
};

// Everything read while it lives is of one moment.
class ReadSnapshot {
 public:
  explicit ReadSnapshot(Connection& connection) : connection_(connection) {
    Query(connection_, "BEGIN").run();
  }
  ~ReadSnapshot();
  ReadSnapshot(const ReadSnapshot&) = delete;
  ReadSnapshot& operator=(const ReadSnapshot&) = delete;

 private:
  Connection& connection_;
};

}  // namespace doodled::store
