// Pages of a list as they were sent, until anything is written: a page that many look at, or one again and
// again, is made once.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "core/store/database.hpp"
#include "server/http/message.hpp"

namespace doodled::api {

class PageShelf {
 public:
  // The database outlives it.
  explicit PageShelf(const Database& database, std::size_t most_bytes = std::size_t{1} << 20)
      : database_(database), most_bytes_(most_bytes) {}

  // What the same query was answered. Thread-safe, never waits for the database.
  std::optional<http::Response> ready(const http::Request& request);
  // The same, or what `make` makes of the database now. Thread-safe.
  http::Response get(const http::Request& request, const std::function<http::Response()>& make);

 private:
  void keep(std::string query, http::Response& response, std::uint64_t commits);

  const Database& database_;
  const std::size_t most_bytes_;
  std::mutex mutex_;
  std::uint64_t commits_ = 0;  // of the database when all that is kept was true
  std::size_t bytes_ = 0;
  std::map<std::string, http::Response> by_query_;
};

}  // namespace doodled::api
