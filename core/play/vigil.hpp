// How the housekeeper sleeps: until somebody has news for it, or until the moment at which a driver's call
// that is under way counts as stuck. Nobody is woken to see that nothing has happened.
#pragma once
#include <atomic>

#include "core/base/clock.hpp"

namespace doodled {

// One thread keeps it; any others may ring. Neither locks nor allocates.
class Vigil {
 public:
  // There is something to see.
  void ring() noexcept { bell_.ring(); }
  // A call has begun that counts as stuck from `end` on; to be said after others can see that. Rings where
  // the sleep would last longer.
  void call_until(Nanoseconds end) noexcept {
    if (sleeps_until_.load() > end.count()) bell_.ring();
  }

  // The keeper's, before it looks, and before it looks whether it is to end: the value for sleep().
  std::uint32_t begin() noexcept {
    sleeps_until_.store(Nanoseconds::max().count());
    return bell_.rung();
  }
  // Returns at once where somebody has rung since begin().
  void sleep(Nanoseconds until, std::uint32_t heard, const Clock& clock) noexcept {
    sleeps_until_.store(until.count());
    clock.wait_until(until, bell_, heard);
  }

 private:
  Bell bell_;
  std::atomic<std::int64_t> sleeps_until_{0};  // on the clock of sleep()
};

}  // namespace doodled
