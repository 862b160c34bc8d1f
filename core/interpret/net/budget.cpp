#include "core/interpret/net/budget.hpp"

#include <cstdio>

#include "core/base/days.hpp"

namespace doodled {
namespace {

std::string money(double amount) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4g", amount);
  return text;
}

}  // namespace

std::int64_t day_start(std::int64_t wall_ms) { return wall_ms - wall_ms % day_ms; }

Result<std::shared_ptr<void>> Budget::reserve(double estimate, std::int64_t wall_ms) {
  if (daily_ <= 0) return std::shared_ptr<void>();
  const double spent = spent_(day_start(wall_ms));
  std::lock_guard lock(mutex_);
  if (spent + reserved_ + estimate > daily_)
    return Error{"budget_spent", "the daily budget of " + money(daily_) + " does not allow for it: " +
                                     money(spent) + " is spent, " + money(reserved_) +
                                     " is being spent, and this may cost " + money(estimate)};
  reserved_ += estimate;
  return std::shared_ptr<void>(nullptr, [self = shared_from_this(), estimate](void*) {
    std::lock_guard unlock(self->mutex_);
    self->reserved_ -= estimate;
  });
}

}  // namespace doodled
