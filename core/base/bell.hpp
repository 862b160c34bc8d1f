// Wakes a sleeping thread from any other one, without lock or allocation (a futex).
#pragma once
#include <atomic>
#include <chrono>
#include <cstdint>

namespace doodled {

using Nanoseconds = std::chrono::nanoseconds;

class Bell {
 public:
  void ring() noexcept;
  // How often it was rung. Read it before looking for work, and hand it to wait_until() after: a ring
  // between the two is then never missed.
  std::uint32_t rung() const noexcept { return count_.load(std::memory_order_acquire); }
  // Until CLOCK_MONOTONIC reaches `deadline` or rung() differs from `heard`. May return early.
  void wait_until(Nanoseconds deadline, std::uint32_t heard) const noexcept;

 private:
  std::atomic<std::uint32_t> count_{0};
};

}  // namespace doodled
