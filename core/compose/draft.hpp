// What the parts of the composition share: the session being made, and its evidence.
#pragma once
#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "core/compose/compose.hpp"
#include "core/compose/rulebook.hpp"

namespace doodled::composing {

inline constexpr Box whole_picture{0, 0, 1, 1};

struct Draft {
  const Reading& reading;
  const ComposeOptions& options;
  Session session;
  const Rulebook& rules = rulebook();

  void explain(std::string pointer, const Box& box, std::string text, std::string_view rule) {
    session.evidence.push_back({std::move(pointer), clamped(box), {}, std::move(text), std::string(rule)});
  }
  // At least three corners, in the order of the outline.
  void explain(std::string pointer, std::vector<Point> polygon, std::string text, std::string_view rule) {
    for (Point& point : polygon) point = {std::clamp(point.x, 0.0, 1.0), std::clamp(point.y, 0.0, 1.0)};
    session.evidence.push_back(
        {std::move(pointer), {}, std::move(polygon), std::move(text), std::string(rule)});
  }

  // Whether the settings ask for a value; then it is taken, and explained.
  template <typename T>
  bool takes_asked(const std::optional<T>& asked, T& value, std::string pointer) {
    if (!asked) return false;
    value = *asked;
    explain(std::move(pointer), whole_picture, "asked for", "asked");
    return true;
  }

  static Box clamped(const Box& box) {
    const double x = std::clamp(box.x, 0.0, 1.0), y = std::clamp(box.y, 0.0, 1.0);
    return {x, y, std::clamp(box.width, 0.0, 1.0 - x), std::clamp(box.height, 0.0, 1.0 - y)};
  }
};

// Values in documents carry at most `digits` decimals, so that they read well and print alike everywhere.
inline double rounded(double value, int digits = 3) {
  const double scale = std::pow(10, digits);
  return std::round(value * scale) / scale;
}

inline std::string per_cent(double part) { return std::to_string(std::lround(part * 100)) + " %"; }

inline std::string track_pointer(const Session& session) {
  return "/tracks/" + std::to_string(session.tracks.size());
}

int scale_size(const Key& key);
// The degree of the key that lies nearest to so many semitones above the tonic: 4 or 3 the third, 7 the
// fifth.
int degree_near(const Key& key, int semitones);
// The nearest degree of the chord of thirds, or what a pentatonic scale has of it, on degree `root`.
int chord_degree(const Key& key, int degree, int root);

void compose_drawing(Draft& draft);
void compose_photo(Draft& draft);
// A drawing of so many figures that it is read as a whole; a step grid never is.
bool is_full_page(const Reading& reading);
// What a full page is composed from.
Reading without_colour(Reading reading);
void compose_full_page(Draft& draft);
// Nine macros from the nine cells, on the first track.
void add_cell_macros(Draft& draft);

}  // namespace doodled::composing
