// A note, and what happens to it while it sounds.
#pragma once
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/music/time.hpp"

namespace doodled {

// The three dimensions of MPE (MIDI RP-053): pitch bend, channel pressure, controller 74.
enum class Dimension : std::uint8_t { bend, pressure, timbre };
inline constexpr int dimension_count = 3;
inline constexpr double most_bend = 48;  // semitones either way, the default range of an MPE member channel

struct ExpressionPoint {
  double position = 0;  // 0..1 of the note's duration
  double value = 0;     // bend: semitones, -48..48; pressure and timbre: 0..1
  bool operator==(const ExpressionPoint&) const = default;
};

// Straight lines between the points; before the first and after the last one their values hold.
struct Expression {
  Dimension dimension = Dimension::bend;
  std::vector<ExpressionPoint> points;  // 1..256, ascending positions
  bool operator==(const Expression&) const = default;
};

struct Note {
  Tick start = 0;          // from the start of the pattern
  Tick duration = 1;       // >= 1
  int pitch = 60;          // 0..127; on a drum track the General MIDI drum note
  int velocity = 100;      // 1..127
  double probability = 1;  // 0..1: how likely it sounds each time; drawn from the seed and the loop's number
  int ratchet = 1;         // 1..8: struck that often in equal parts of its duration
  Tick nudge = 0;          // -480..480: earlier or later than the grid, after swing
  // Held into the note of the same pitch that starts where this one ends, also across the end of its pattern
  // or section; that note is then not struck again.
  bool tied = false;
  std::vector<Expression> expression = {};  // each dimension at most once, in the order of the enum
  bool operator==(const Note&) const = default;
};

inline constexpr Tick most_nudge = ticks_per_quarter / 2;
inline constexpr int most_ratchets = 8;

// Value at a position of 0..1.
double expression_at(const Expression& expression, double position);

std::string_view to_string(Dimension dimension);
std::optional<Dimension> dimension_from(std::string_view name);

}  // namespace doodled
