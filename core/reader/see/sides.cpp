#include "core/reader/see/sides.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace doodled::sight {
namespace {

constexpr double straight = 0.9;        // chord over length
constexpr double least_covered = 0.45;  // of a side
constexpr double overshoot = 0.35;      // of a side; once it may be
constexpr double long_overshoot = 0.65;
constexpr double least_angle = 15;  // degrees between two sides
constexpr double least_length = 4;  // pens

struct Side {
  cv::Point2f a, b;
};

std::optional<cv::Point2f> corner_of(const Side& s, const Side& t) {
  const cv::Point2f d = s.b - s.a, e = t.b - t.a;
  const double off = angle_between(d, e);
  if (std::min(off, 180 - off) < least_angle) return std::nullopt;
  const double along =
      (double(t.a.x - s.a.x) * e.y - double(t.a.y - s.a.y) * e.x) / (double(d.x) * e.y - double(d.y) * e.x);
  return s.a + d * static_cast<float>(along);
}

// What of the way from one corner to the other is drawn: 0..1 lies between them.
std::pair<double, double> drawn_part(const Side& side, cv::Point2f from, cv::Point2f to) {
  const cv::Point2f way = to - from;
  const double square = std::max(1e-6, double(way.dot(way)));
  const double a = (side.a - from).dot(way) / square, b = (side.b - from).dot(way) / square;
  return std::minmax(a, b);
}

bool fits(const std::array<Side, 3>& sides, const std::array<cv::Point2f, 3>& corners) {
  int far = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    const auto [first, last] = drawn_part(sides[i], corners[(i + 2) % 3], corners[i]);
    if (std::min(1.0, last) - std::max(0.0, first) < least_covered) return false;
    for (const double past : {-first, last - 1}) {
      if (past > long_overshoot) return false;
      far += past > overshoot;
    }
  }
  return far <= 1;
}

Figure triangle_of(const std::array<cv::Point2f, 3>& corners, double ink_length) {
  Figure figure;
  figure.shape_class = ShapeClass::triangle;
  figure.confidence = 0.6;
  figure.closed = true;
  figure.outline = figure.stroke = {corners.begin(), corners.end()};
  figure.box = bounds_of(figure.outline);
  figure.ink_length = ink_length;
  return figure;
}

}  // namespace

std::optional<Figure> triangle_of_sides(std::vector<Stroke>& strokes, double pen) {
  std::array<Side, 3> sides;
  std::size_t count = 0;
  double ink_length = 0;
  for (const Stroke& stroke : strokes) {
    if (stroke.stub || stroke.length < least_length * pen) continue;
    const Side side{stroke.points.front(), stroke.points.back()};
    if (count == 3 || stroke.closed ||
        distance(side.a, side.b) < straight * length_of(simplify(stroke.points, pen)))
      return std::nullopt;
    sides[count++] = side, ink_length += stroke.length;
  }
  if (count < 3) return std::nullopt;
  std::array<cv::Point2f, 3> corners;
  for (std::size_t i = 0; i < 3; ++i) {
    const auto corner = corner_of(sides[i], sides[(i + 1) % 3]);
    if (!corner) return std::nullopt;
    corners[i] = *corner;
  }
  if (!fits(sides, corners)) return std::nullopt;
  strokes.clear();
  return triangle_of(corners, ink_length);
}

}  // namespace doodled::sight
