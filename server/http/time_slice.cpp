#include "server/http/time_slice.hpp"

#include <cstdint>

#include <sys/syscall.h>
#include <unistd.h>

namespace doodled::http {
namespace {

// struct sched_attr of linux/sched/types.h, as of its first version: that header and sched.h both define
// sched_param.
struct SchedulingAttributes {
  std::uint32_t size = sizeof(SchedulingAttributes);
  std::uint32_t policy = 0;
  std::uint64_t flags = 0;
  std::int32_t nice = 0;
  std::uint32_t priority = 0;
  std::uint64_t runtime = 0;  // nanoseconds; for a normal thread, its slice
  std::uint64_t deadline = 0;
  std::uint64_t period = 0;
};
static_assert(sizeof(SchedulingAttributes) == 48);

}  // namespace

bool ask_for_time_slice(std::chrono::microseconds slice) noexcept {
  SchedulingAttributes attributes;
  if (::syscall(SYS_sched_getattr, 0, &attributes, sizeof attributes, 0) != 0) return false;
  attributes.runtime = static_cast<std::uint64_t>(std::chrono::nanoseconds(slice).count());
  return ::syscall(SYS_sched_setattr, 0, &attributes, 0) == 0;
}

}  // namespace doodled::http
