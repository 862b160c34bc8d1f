// Musical time in integers: 960 ticks a quarter note (divides by 3, 5 and 64; the MPC's own resolution).
#pragma once
#include <cmath>
#include <cstdint>

namespace doodled {

using Tick = std::int64_t;

inline constexpr Tick ticks_per_quarter = 960;
inline constexpr Tick ticks_per_step = ticks_per_quarter / 4;  // a sixteenth

struct Meter {
  int numerator = 4;    // 1..32
  int denominator = 4;  // 1, 2, 4, 8, 16 or 32
  constexpr Tick bar() const { return ticks_per_quarter * 4 * numerator / denominator; }
  constexpr Tick beat() const { return ticks_per_quarter * 4 / denominator; }
  // A sixteenth; a thirty-second where a bar is no whole number of sixteenths.
  constexpr Tick step() const { return bar() % ticks_per_step == 0 ? ticks_per_step : ticks_per_step / 2; }
  constexpr int steps() const { return static_cast<int>(bar() / step()); }
  bool operator==(const Meter&) const = default;
};

inline constexpr double min_tempo_bpm = 20, max_tempo_bpm = 400;

// Nanoseconds of one tick at a tempo in quarter notes a minute.
constexpr double tick_ns(double tempo_bpm) { return 60e9 / tempo_bpm / ticks_per_quarter; }

// Rounds to the nearest tick.
inline Tick ticks_from_ms(double milliseconds, double tempo_bpm) {
  return std::llround(milliseconds * 1e6 / tick_ns(tempo_bpm));
}

}  // namespace doodled
