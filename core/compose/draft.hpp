// What the parts of the composition share: the session being made, and its evidence.
#pragma once
#include <cmath>
#include <string>

#include "core/compose/compose.hpp"

namespace doodled::composing {

struct Draft {
  const Reading& reading;
  const ComposeOptions& options;
  Session session;

  void explain(std::string pointer, const Box& box, std::string text, std::string_view rule) {
    session.evidence.push_back({std::move(pointer), clamped(box), {}, std::move(text), std::string(rule)});
  }

  static Box clamped(const Box& box) {
    const double x = std::clamp(box.x, 0.0, 1.0), y = std::clamp(box.y, 0.0, 1.0);
    return {x, y, std::clamp(box.width, 0.0, 1.0 - x), std::clamp(box.height, 0.0, 1.0 - y)};
  }
};

inline constexpr Box whole_picture{0, 0, 1, 1};

// Values in documents carry at most `digits` decimals, so that they read well and print alike everywhere.
inline double rounded(double value, int digits = 3) {
  const double scale = std::pow(10, digits);
  return std::round(value * scale) / scale;
}

inline double mix(double low, double high, double part) {
  return low + (high - low) * std::clamp(part, 0.0, 1.0);
}
// The same on a logarithmic scale: equal parts are equal ratios.
inline double mix_ratio(double low, double high, double part) {
  return low * std::pow(high / low, std::clamp(part, 0.0, 1.0));
}

inline std::string per_cent(double part) { return std::to_string(std::lround(part * 100)) + " %"; }

// A dominant hue in degrees gives the tonic along the circle of fifths, 30 degrees a fifth, red is C.
int tonic_of_hue(double hue_degrees);

void compose_drawing(Draft& draft);
void compose_photo(Draft& draft);
// Nine macros from the nine cells, on the first track.
void add_cell_macros(Draft& draft);

}  // namespace doodled::composing
