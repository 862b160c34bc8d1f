#include "core/base/bell.hpp"

#include <climits>
#include <ctime>

#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace doodled {
namespace {

static_assert(sizeof(std::atomic<std::uint32_t>) == 4 && std::atomic<std::uint32_t>::is_always_lock_free);

long futex(const std::atomic<std::uint32_t>& word, int operation, std::uint32_t value,
           const timespec* deadline) noexcept {
  return syscall(SYS_futex, &word, operation | FUTEX_PRIVATE_FLAG, value, deadline, nullptr,
                 FUTEX_BITSET_MATCH_ANY);
}

}  // namespace

void Bell::ring() noexcept {
  count_.fetch_add(1, std::memory_order_acq_rel);
  futex(count_, FUTEX_WAKE, INT_MAX, nullptr);
}

// FUTEX_WAIT_BITSET takes an absolute time on CLOCK_MONOTONIC; FUTEX_WAIT would take a duration.
void Bell::wait_until(Nanoseconds deadline, std::uint32_t heard) const noexcept {
  if (deadline == Nanoseconds::max()) {
    futex(count_, FUTEX_WAIT_BITSET, heard, nullptr);
    return;
  }
  if (deadline.count() < 0) return;
  constexpr std::int64_t second = 1'000'000'000;
  const timespec at{static_cast<time_t>(deadline.count() / second),
                    static_cast<long>(deadline.count() % second)};
  futex(count_, FUTEX_WAIT_BITSET, heard, &at);
}

}  // namespace doodled
