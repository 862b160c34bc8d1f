#include "core/compose/roundness.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <numbers>
#include <numeric>
#include <utility>

namespace doodled::composing {
namespace {

constexpr double near = 0.05;  // of the page's width: lines so near to each other hang together

using Line = std::vector<Point>;

// In widths of the page.
void add_points(const Line& line, const Plane& plane, Line& points) {
  for (const Point& p : line) {
    const Point at = plane.on_page(p);
    points.push_back({at.x, at.y * plane.aspect()});
  }
}

Line points_of(const Shape& shape, const Plane& plane) {
  Line points;
  for (const auto* line : {&shape.stroke, &shape.polygon}) add_points(*line, plane, points);
  return points;
}

// Back to where it began.
Line around(const Line& hull, const Plane& plane) {
  Line points;
  add_points(hull, plane, points);
  if (!points.empty()) points.push_back(points.front());
  return points;
}

// Which figures hang together, by the squares of the page that their lines cross.
class Parts {
 public:
  explicit Parts(std::size_t figures) : part_(figures) { std::iota(part_.begin(), part_.end(), 0U); }

  std::size_t of(std::size_t figure) const {
    while (part_[figure] != figure) figure = part_[figure];
    return figure;
  }
  void add(std::size_t figure, const Line& line) {
    for (std::size_t i = 0; i < line.size(); ++i) {
      const Point &a = line[i == 0 ? 0 : i - 1], &b = line[i];
      const int steps = 1 + static_cast<int>(std::hypot(b.x - a.x, b.y - a.y) / (near / 2));
      for (int k = 1; k <= steps; ++k)
        cross(figure, a.x + (b.x - a.x) * k / steps, a.y + (b.y - a.y) * k / steps);
    }
  }

 private:
  void cross(std::size_t figure, double x, double y) {
    const int column = static_cast<int>(std::floor(x / near)), row = static_cast<int>(std::floor(y / near));
    if (!owner_.try_emplace({column, row}, figure).second && of(owner_[{column, row}]) == of(figure)) return;
    for (int dx = -1; dx <= 1; ++dx)
      for (int dy = -1; dy <= 1; ++dy)
        if (const auto other = owner_.find({column + dx, row + dy}); other != owner_.end())
          part_[of(other->second)] = of(figure);
  }

  std::vector<std::size_t> part_;
  std::map<std::pair<int, int>, std::size_t> owner_;  // of a square: one of the figures that cross it
};

double turn(const Point& a, const Point& b, const Point& c) {
  return (b.x - a.x) * (c.y - a.y) - (b.y - a.y) * (c.x - a.x);
}

// The corners of the convex hull, around. A. M. Andrew, "Another efficient algorithm for convex hulls in two
// dimensions", 1979.
Line hull_of(Line points) {
  std::ranges::sort(points, {}, [](const Point& p) { return std::pair(p.x, p.y); });
  Line hull;
  const auto walk = [&hull](const auto& along) {
    const std::size_t begin = hull.size();
    for (const Point& p : along) {
      while (hull.size() > begin + 1 && turn(hull[hull.size() - 2], hull.back(), p) <= 0) hull.pop_back();
      hull.push_back(p);
    }
    hull.pop_back();  // the first of the way back
  };
  walk(points);
  std::ranges::reverse(points);
  walk(points);
  return hull;
}

struct Band {
  double area = 0, length = 0;
};

Band band_around(Line points) {
  Band band;
  if (points.size() < 2) return band;
  const auto hull = hull_of(std::move(points));
  for (std::size_t i = 0; i < hull.size(); ++i) {
    const Point &a = hull[i], &b = hull[(i + 1) % hull.size()];
    band.area += (a.x * b.y - a.y * b.x) / 2, band.length += std::hypot(b.x - a.x, b.y - a.y);
  }
  band.area = std::abs(band.area);
  return band;
}

}  // namespace

std::optional<double> roundness(const Reading& reading, const Plane& plane) {
  constexpr double square = std::numbers::pi / 4;
  if (reading.grid) return square;
  std::vector<Line> lines;
  for (const Shape& shape : reading.shapes) lines.push_back(points_of(shape, plane));
  for (const auto& hull : reading.hulls) lines.push_back(around(hull, plane));
  Parts parts(lines.size());
  for (std::size_t i = 0; i < lines.size(); ++i) parts.add(i, lines[i]);
  std::map<std::size_t, Line> together;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    Line& part = together[parts.of(i)];
    part.insert(part.end(), lines[i].begin(), lines[i].end());
  }
  double areas = 0, round = 0;
  for (auto& [part, points] : together) {
    const Band band = band_around(std::move(points));
    if (band.length <= 0) continue;
    areas += band.area, round += 4 * std::numbers::pi * band.area * band.area / (band.length * band.length);
  }
  if (lines.empty()) return std::nullopt;
  return areas > 0 ? std::clamp(round / areas, 0.0, 1.0) : 0;
}

}  // namespace doodled::composing
