// A drawing as the hand made it: strokes with time and pressure on a page. What each pen makes of a path is
// in core/reader/draw.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "core/base/enum_names.hpp"
#include "core/base/json.hpp"

namespace doodled {

// line: an even line. brush: as wide as it is pressed. dots: a mark every sixteenth of the page. hatch: short
// strokes across the path. arrow: straight from the first point to the last, with a head.
enum class Pen : std::uint8_t { line, brush, dots, hatch, arrow };
inline constexpr EnumNames<Pen, 5> pen_names{{"line", "brush", "dots", "hatch", "arrow"}};

struct StrokePoint {
  double x = 0, y = 0;    // 0..1 of the page, x to the right, y down
  double time = 0;        // milliseconds since the drawing was begun
  double pressure = 0.5;  // 0..1
  bool operator==(const StrokePoint&) const = default;
};

struct HandStroke {
  std::int64_t id = 0;  // the client's, from 1, unique on the page
  Pen pen = Pen::line;
  std::array<int, 3> colour{27, 28, 33};  // sRGB 0..255
  std::optional<double> width;      // of the line, 0.001..0.1 of the page's width; the pen's own without
  std::vector<StrokePoint> points;  // at least one
  bool operator==(const HandStroke&) const = default;
};

// A stroke never changes once it is made; the states of a page share theirs.
using Strokes = std::vector<std::shared_ptr<const HandStroke>>;

struct StrokePage {
  int width = 1280, height = 1024;  // of the canvas, pixels: 64..8192 a side, at most 8 to 1
  Strokes strokes;
};

inline constexpr std::size_t max_stroke_points = 4096;
inline constexpr std::size_t max_page_strokes = 2000;
inline constexpr std::size_t max_page_points = 100'000;

// {id, pen, colour: "#rrggbb", width, points: [[x, y, milliseconds, pressure], ...]}. Of a stroke only points
// is required; a point may end after any number but y. Errors name the field below `pointer`:
// 'invalid_stroke'.
Json to_json(const HandStroke& stroke);
Result<HandStroke> stroke_from_json(const Json& json, std::string_view pointer = "");

// Of a line, as a share of the page's width.
bool is_stroke_width(double width);

// {width, height, strokes: [...]}, as it is stored.
Json to_json(const StrokePage& page);

// The rules of a page's size alone, for those who have no strokes yet. Error: 'invalid_page'.
Result<void> check_page_size(std::int64_t width, std::int64_t height);
// Whether one more stroke fits. Error: 'too_many_strokes'.
Result<void> check_room(const Strokes& strokes, const HandStroke& next);

}  // namespace doodled
