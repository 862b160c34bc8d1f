// Where 'now' comes from. Tests pass a ManualClock; nothing else in the project asks the system for the time.
#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "core/base/bell.hpp"

namespace doodled {

class Clock {
 public:
  virtual ~Clock() = default;
  // Monotonic (CLOCK_MONOTONIC), never set back. Thread-safe, no allocation.
  virtual Nanoseconds now() const noexcept = 0;
  // Milliseconds since 1970-01-01 UTC. Thread-safe.
  virtual std::int64_t wall_ms() const noexcept = 0;
  // Sleeps until now() reaches `deadline` or `bell` has been rung since `heard` was read from bell.rung(),
  // whichever comes first; returns at once where either is true already. Never allocates.
  virtual void wait_until(Nanoseconds deadline, const Bell& bell, std::uint32_t heard) const noexcept = 0;
};

class SystemClock final : public Clock {
 public:
  Nanoseconds now() const noexcept override;
  std::int64_t wall_ms() const noexcept override;
  void wait_until(Nanoseconds deadline, const Bell& bell, std::uint32_t heard) const noexcept override;
};

// RFC 3339 in UTC with milliseconds: 2026-01-31T12:00:00.000Z
std::string to_rfc3339(std::int64_t wall_ms);
// The reverse, of exactly that form; nothing for any other text or a day that does not exist.
std::optional<std::int64_t> from_rfc3339(std::string_view text);

}  // namespace doodled
