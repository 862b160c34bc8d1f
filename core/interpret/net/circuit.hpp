// A circuit breaker: who has failed several times in a row is not asked for a while, then tried once. Pure;
// not thread-safe.
#pragma once
#include <string_view>

#include "core/base/clock.hpp"

namespace doodled {

struct CircuitOptions {
  int failures = 5;  // in a row
  std::chrono::milliseconds first_wait{30'000}, longest_wait{600'000};
};

enum class CircuitState { closed, open, half_open };
std::string_view to_string(CircuitState state);

class Circuit {
 public:
  explicit Circuit(CircuitOptions options = {}) : options_(options) {}

  // True when somebody may be asked now. When the wait is over that is so for one, until its outcome is told.
  bool admit(Nanoseconds now);
  void succeeded();
  // The wait doubles each time the one that was tried fails too.
  void failed(Nanoseconds now);
  // At once and for so long: a key that is refused, a quota that is spent.
  void trip(Nanoseconds now, std::chrono::milliseconds wait);
  // Neither: the one that was admitted did not get to an outcome.
  void dropped() { trying_ = false; }

  CircuitState state(Nanoseconds now) const;
  // Until the next try; zero when closed.
  std::chrono::milliseconds wait(Nanoseconds now) const;

 private:
  const CircuitOptions options_;
  int failures_ = 0, openings_ = 0;
  bool open_ = false, trying_ = false;
  Nanoseconds until_{0};
};

}  // namespace doodled
