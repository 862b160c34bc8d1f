// A clock that stands still until the test moves it.
#pragma once
#include <atomic>

#include "core/base/clock.hpp"

namespace doodled::fakes {

class ManualClock final : public Clock {
 public:
  Nanoseconds now() const noexcept override { return Nanoseconds{now_.load()}; }
  std::int64_t wall_ms() const noexcept override { return wall_origin_ms + now_.load() / 1'000'000; }
  // Waiting moves the time forward to `deadline`, so a single thread runs through hours in no time. With
  // nothing ahead (Nanoseconds::max()) it really waits for the bell.
  void wait_until(Nanoseconds deadline, const Bell& bell, std::uint32_t heard) const noexcept override {
    if (deadline == Nanoseconds::max()) return bell.wait_until(deadline, heard);
    if (bell.rung() == heard) move_to(deadline);
  }

  void set(Nanoseconds time) { now_.store(time.count()); }
  void advance(Nanoseconds time) { now_.fetch_add(time.count()); }

  static constexpr std::int64_t wall_origin_ms = 1'767'225'600'000;  // 2026-01-01T00:00:00Z

 private:
  void move_to(Nanoseconds time) const noexcept {
    auto before = now_.load();
    while (before < time.count() && !now_.compare_exchange_weak(before, time.count())) {
    }
  }

  mutable std::atomic<std::int64_t> now_{1'000'000'000};
};

}  // namespace doodled::fakes
