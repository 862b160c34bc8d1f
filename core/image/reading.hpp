// A reading: what the builtin reader saw in a picture, before any music is made of it.
// All places are fractions (0..1) of the upright picture, x to the right, y down.
#pragma once
#include <array>
#include <optional>
#include <string>
#include <vector>

#include "core/base/json.hpp"

namespace doodled {

struct Point {
  double x = 0, y = 0;
  bool operator==(const Point&) const = default;
};

struct Box {
  double x = 0, y = 0, width = 0, height = 0;
  Point centre() const { return {x + width / 2, y + height / 2}; }
  bool operator==(const Box&) const = default;
};

// The closed list of shape classes, in the words of the API.
enum class ShapeClass {
  circle,
  ellipse,
  triangle,
  square,
  rectangle,
  diamond,
  polygon,
  star,
  line,
  arc,
  wave,
  zigzag,
  staircase,
  spiral,
  arrow,
  dot,
  hatching,
  other
};
std::string_view to_string(ShapeClass shape_class);
std::optional<ShapeClass> shape_class_from(std::string_view name);

struct Shape {
  ShapeClass shape_class = ShapeClass::other;
  double confidence = 0;  // 0..1
  Box box;
  std::vector<Point> polygon;   // outline, at most 64 points
  std::vector<Point> stroke;    // centre line in drawing order (left end first), at most 128 points
  double fill = 0;              // ink inside the outline, 0 outline only .. 1 solid
  std::array<int, 3> colour{};  // pen colour, sRGB 0..255
  double thickness = 0;         // pen width as a fraction of the picture's larger side
  int inside = -1;              // index of the smallest shape drawn around this one, or -1
};

// A line read as a function of x, resampled to equal steps from its left to its right end.
struct Curve {
  std::vector<double> samples;  // 64 values, -1..1, up is positive, scaled to the curve's own box
  Box box;
  int shape = -1;  // index into Reading::shapes
};

struct Arrow {
  int from = -1, to = -1;  // indices into Reading::shapes; -1: ends on nothing
  double depth = 0;        // 0..1, its length over the picture's diagonal
  int shape = -1;          // the shape that is the arrow itself
  Point tail, head;        // its two ends
};

// Marks in a row or grid, read as steps (columns) and pitches or pads (rows, 0 the lowest).
struct Grid {
  int rows = 0, columns = 0;
  std::vector<std::vector<double>> cells;  // [row][column], 0 empty .. 1 full
  Box box;
};

struct PhotoFeatures {
  double luminance = 0, contrast = 0, saturation = 0, warmth = 0, texture = 0, sharpness = 0;  // each 0..1
  double hue_degrees = 0;                   // dominant hue, 0..360 (CIELAB)
  std::vector<std::array<int, 3>> palette;  // up to 5 colours, sRGB, most of the picture first
  std::vector<Point> focal_points;          // at most 8, strongest first
  double balance = 0.5;                     // 0 weight on the left .. 1 on the right
  double horizon = -1;                      // y of the horizon, or -1
  double depth = 0;                         // 0..1, difference between foreground and background
  std::array<double, 9> cells{};            // 3x3, row by row from the top left: energy 0..1
};

enum class PictureKind { drawing, photo, nothing };
std::string_view to_string(PictureKind kind);

struct Reading {
  PictureKind kind = PictureKind::nothing;
  double confidence = 0;      // of `kind`
  int width = 0, height = 0;  // of the upright picture, pixels
  double ink = 0;             // share of the page that is ink, 0..1
  // Corners of what was straightened, clockwise from its top left: of the sheet, or of a photograph that was
  // turned level. Empty where neither was.
  std::vector<Point> page;
  std::vector<Shape> shapes;
  // The convex hull of all lines that hang together, the longest first, whatever figures were seen in them.
  std::vector<std::vector<Point>> hulls;
  std::vector<Curve> curves;
  std::vector<Arrow> arrows;
  std::optional<Grid> grid;
  PhotoFeatures photo;             // measured for every picture
  std::string advice;              // for `nothing`: what to do better
  std::vector<std::string> notes;  // what was set aside or put right, a sentence each
};

// JSON, with five decimals: a sixth of a pixel in the largest picture that is read. The text is written
// straight away, many times as fast as that of a Json.
std::string to_text(const Reading& reading);
Json to_json(const Reading& reading);
// Errors: 'invalid_reading' with the pointer of the first misfit.
Result<Reading> reading_from_json(const Json& json);
// What only holds between parts: indices that point at shapes, a raster's cells. Error: 'invalid_reading'.
Result<void> check_parts(const Reading& reading);

}  // namespace doodled
