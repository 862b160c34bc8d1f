#include "core/base/turns.hpp"

#include <doctest/doctest.h>

using namespace doodled;

namespace {

// Counts sleeps that would have lasted.
struct SleepCounter final : Clock {
  Nanoseconds now() const noexcept override { return {}; }
  std::int64_t wall_ms() const noexcept override { return 0; }
  void wait_until(Nanoseconds, const Bell& bell, std::uint32_t heard) const noexcept override {
    sleeps += bell.rung() == heard;
  }
  mutable int sleeps = 0;
};

}  // namespace

TEST_CASE("a thread that is told to end just after it has asked does not sleep") {
  SleepCounter clock;
  Bell bell;
  bool ended = false;
  int turns = 0;
  take_turns(
      clock, bell,
      [&] {
        const bool told = ended;
        ended = true;
        bell.ring();
        return told;
      },
      [&] {
        ++turns;
        return Nanoseconds::max();
      });
  CHECK(turns == 1);
  CHECK(clock.sleeps == 0);
}

TEST_CASE("what is rung for while a thread works is seen at its next turn") {
  SleepCounter clock;
  Bell bell;
  int turns = 0;
  take_turns(
      clock, bell, [&] { return turns == 3; },
      [&] {
        if (++turns == 1) bell.ring();
        return Nanoseconds::max();
      });
  CHECK(clock.sleeps == 2);
}
