// How often somebody may do something: token buckets, one a client.
#pragma once
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <unordered_map>

#include "core/base/clock.hpp"

namespace doodled {

struct PaceLimits {
  double at_once = 1;   // so often in a row
  double a_second = 1;  // and so often from then on
};

// Not thread-safe. Clients whose buckets are full again are forgotten; at most `most_clients` are known, and
// who is new beyond that shares one bucket with all others that are.
class Pace {
 public:
  explicit Pace(PaceLimits limits, std::size_t most_clients = 4096)
      : limits_(limits), most_clients_(most_clients) {}

  // Nothing where it may be done now, and it is counted; otherwise the time until it may be, at least one
  // second, and nothing is counted.
  std::optional<std::chrono::seconds> take(const std::string& client, Nanoseconds now);
  // The same without counting.
  std::optional<std::chrono::seconds> wait(const std::string& client, Nanoseconds now) const;

 private:
  struct Bucket {
    double left;
    Nanoseconds since;
  };

  double left(const Bucket& bucket, Nanoseconds now) const;
  std::optional<std::chrono::seconds> wait_for(double left) const;
  Bucket& bucket(const std::string& client, Nanoseconds now);
  void forget_full(Nanoseconds now);

  PaceLimits limits_;
  std::size_t most_clients_;
  std::unordered_map<std::string, Bucket> buckets_;
};

}  // namespace doodled
