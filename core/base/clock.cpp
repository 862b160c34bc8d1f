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

std::optional<std::int64_t> from_rfc3339(std::string_view text) {
  std::tm utc{};
  int milliseconds = 0;
  const std::string copy(text);
  if (std::sscanf(copy.c_str(), "%4d-%2d-%2dT%2d:%2d:%2d.%3dZ", &utc.tm_year, &utc.tm_mon, &utc.tm_mday,
                  &utc.tm_hour, &utc.tm_min, &utc.tm_sec, &milliseconds) != 7)
    return std::nullopt;
  utc.tm_year -= 1900;
  utc.tm_mon -= 1;
  const std::int64_t wall_ms = std::int64_t{timegm(&utc)} * 1000 + milliseconds;
  if (to_rfc3339(wall_ms) != text) return std::nullopt;
  return wall_ms;
}

}  // namespace doodled
