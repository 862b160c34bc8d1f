#include "core/base/clock.hpp"

#include <array>
#include <cstdio>
#include <ctime>

namespace doodled {

Nanoseconds SystemClock::now() const noexcept { return std::chrono::steady_clock::now().time_since_epoch(); }

std::int64_t SystemClock::wall_ms() const noexcept {
  const auto since_epoch = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(since_epoch).count();
}

void SystemClock::wait_until(Nanoseconds deadline, const Bell& bell, std::uint32_t heard) const noexcept {
  bell.wait_until(deadline, heard);
}

std::string to_rfc3339(std::int64_t wall_ms) {
  const std::time_t seconds = wall_ms / 1000;
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  std::array<char, 32> date{};
  std::strftime(date.data(), date.size(), "%Y-%m-%dT%H:%M:%S", &utc);
  std::array<char, 48> text{};
  std::snprintf(text.data(), text.size(), "%s.%03dZ", date.data(), static_cast<int>(wall_ms % 1000));
  return text.data();
}

}  // namespace doodled
