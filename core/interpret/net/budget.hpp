// What may be spent in a day. Thread-safe.
#pragma once
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>

#include "core/base/result.hpp"

namespace doodled {

// UTC.
std::int64_t day_start(std::int64_t wall_ms);

class Budget : public std::enable_shared_from_this<Budget> {
 public:
  // Since a wall time, as stored; may block.
  using Spent = std::function<double(std::int64_t since_wall_ms)>;

  // daily <= 0: no limit.
  Budget(double daily, Spent spent) : daily_(daily), spent_(std::move(spent)) {}

  // Holds `estimate` back until it is dropped or what it came to is stored; several asks at once can't spend
  // the same money. Error 'budget_spent'.
  Result<std::shared_ptr<void>> reserve(double estimate, std::int64_t wall_ms);

 private:
  const double daily_;
  const Spent spent_;
  std::mutex mutex_;
  double reserved_ = 0;
};

// Currency of the settings, a million tokens.
struct Prices {
  double input = 0, output = 0;
  double cached = -1;  // below 0: as input
};

}  // namespace doodled
