#include "core/compose/outline.hpp"

#include <cmath>

namespace doodled::composing {
namespace {

double length_of(const std::vector<Point>& points, bool closed) {
  double length = 0;
  for (std::size_t i = closed ? 0 : 1; i < points.size(); ++i) {
    const Point &a = points[i == 0 ? points.size() - 1 : i - 1], &b = points[i];
    length += std::hypot(b.x - a.x, b.y - a.y);
  }
  return length;
}

}  // namespace

std::vector<Point> evenly(const std::vector<Point>& points, bool closed, std::size_t count) {
  const double whole = length_of(points, closed);
  std::vector<Point> even;
  double walked = 0;
  const std::size_t edges = closed ? points.size() : points.size() - 1;
  for (std::size_t i = 0; i < edges; ++i) {
    const Point &a = points[i], &b = points[(i + 1) % points.size()];
    const double length = std::hypot(b.x - a.x, b.y - a.y);
    while (even.size() < count &&
           whole * static_cast<double>(even.size()) / static_cast<double>(count) <= walked + length) {
      const double part =
          length > 0
              ? (whole * static_cast<double>(even.size()) / static_cast<double>(count) - walked) / length
              : 0;
      even.push_back({a.x + part * (b.x - a.x), a.y + part * (b.y - a.y)});
    }
    walked += length;
  }
  return even;
}

}  // namespace doodled::composing
