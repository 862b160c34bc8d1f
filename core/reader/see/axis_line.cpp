#include "core/reader/see/axis_line.hpp"

#include <algorithm>
#include <cmath>

namespace doodled::sight {
namespace {

constexpr int most_lean = 12;        // degrees
constexpr double own_way = 20;       // degrees a piece of the line may differ from the whole
constexpr double uneven = 0.004;     // of its length: how far from straight a hand draws it, beside the pen
constexpr double least_length = 18;  // pens
constexpr double widest_gap = 8;     // pens, where other lines cross it
constexpr double least_drawn = 0.85;

// Of lines, turned so that the axis runs along x.
Path points_along(const Graph& graph, bool upright, double pen) {
  const auto step = static_cast<std::size_t>(std::max(3.0, 2 * pen));
  const cv::Point2f way = upright ? cv::Point2f(0, 1) : cv::Point2f(1, 0);
  const double steepest = std::tan((most_lean + own_way) * CV_PI / 180);
  Path points;
  for (const Edge& edge : graph.edges) {
    if (edge.gone) continue;
    for (std::size_t i = 0; i < edge.points.size(); ++i) {
      const std::size_t before = i < step ? 0 : i - step, after = std::min(i + step, edge.points.size() - 1);
      const cv::Point2f here = edge.points[after] - edge.points[before];
      if (std::abs(here.cross(way)) > steepest * std::abs(here.dot(way))) continue;
      const cv::Point2f p = edge.points[i];
      points.push_back(upright ? cv::Point2f(p.y, p.x) : p);
    }
  }
  return points;
}

struct Level {
  double height = 0, slope = 0;  // y = height + slope * x
  double off(cv::Point2f p) const { return p.y - height - slope * p.x; }
};

// By which level line most points lie: heights are counted for each lean.
Level most_common_level(const Path& points, double width) {
  constexpr double furthest = 3000;  // no line of a working picture leans so far out of it
  std::vector<int> counts(static_cast<std::size_t>(2 * furthest / width) + 1);
  Level best;
  int most = 0;
  for (int lean = -most_lean; lean <= most_lean; ++lean) {
    const double slope = std::tan(lean * CV_PI / 180);
    std::ranges::fill(counts, 0);
    for (const auto& p : points) ++counts[static_cast<std::size_t>((p.y - slope * p.x + furthest) / width)];
    for (std::size_t bin = 1; bin < counts.size(); ++bin)
      if (const int both = counts[bin - 1] + counts[bin]; both > most)
        most = both, best = {width * static_cast<double>(bin) - furthest, slope};
  }
  return best;
}

Path close_to(const Level& level, const Path& points, double reach) {
  Path close;
  for (const auto& p : points)
    if (std::abs(level.off(p)) < reach) close.push_back(p);
  return close;
}

Level fitted(const Path& points) {
  double n = 0, x = 0, y = 0, xx = 0, xy = 0;
  for (const auto& p : points) ++n, x += p.x, y += p.y, xx += double(p.x) * p.x, xy += double(p.x) * p.y;
  const double spread = n * xx - x * x;
  const double slope = spread > 0 ? (n * xy - x * y) / spread : 0;
  return {n > 0 ? (y - slope * x) / n : 0, slope};
}

struct Extent {
  double from = 0, to = 0, drawn = 0;
};

// The longest stretch without wide gaps.
Extent longest_stretch(Path points, double gap) {
  std::ranges::sort(points, {}, &cv::Point2f::x);
  Extent best, now;
  for (std::size_t i = 0; i < points.size(); ++i) {
    const double x = points[i].x, step = i > 0 ? x - points[i - 1].x : 0;
    if (i == 0 || step > gap) now = {x, x, 0};
    now.to = x;
    now.drawn += step > 2 ? 0 : step;
    if (now.to - now.from > best.to - best.from) best = now;
  }
  return best;
}

}  // namespace

bool AxisLine::holds(cv::Point2f p) const {
  const double s = along(p);
  return std::abs(beside(p)) < reach && s > from - reach && s < to + reach;
}

std::optional<AxisLine> find_axis_line(const Graph& graph, bool upright, double pen) {
  const Path points = points_along(graph, upright, pen);
  Level level = most_common_level(points, std::max(3.0, 1.5 * pen));
  double reach = std::max(6.0, 3 * pen);
  Extent extent;
  for (int i = 0; i < 3; ++i) {
    const Path close = close_to(level, points, reach);
    extent = longest_stretch(close, widest_gap * pen);
    if (extent.to - extent.from < least_length * pen) return std::nullopt;
    Path own;
    for (const auto& p : close)
      if (p.x >= extent.from && p.x <= extent.to) own.push_back(p);
    level = fitted(own);
    reach = 1.2 * pen + 1 + uneven * (extent.to - extent.from);
  }
  if (extent.drawn < least_drawn * (extent.to - extent.from)) return std::nullopt;
  const double stretch = std::hypot(1, level.slope);
  const cv::Point2f at(0, static_cast<float>(level.height)), way = unit({1, static_cast<float>(level.slope)});
  const auto turned = [&](cv::Point2f p) { return upright ? cv::Point2f(p.y, p.x) : p; };
  return AxisLine{turned(at), turned(way), extent.from * stretch, extent.to * stretch, reach};
}

}  // namespace doodled::sight
