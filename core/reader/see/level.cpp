#include "core/reader/see/level.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/shrink.hpp"

namespace doodled::sight {
namespace {

constexpr double one_colour = 0.5;  // of the picture in one colour: no camera gives that
constexpr int nearly = 1;           // levels a channel that JPEG may move it
constexpr double window = 10 * std::numbers::pi / 180;
constexpr double least_length = 0.08;  // of the picture's width

struct Side {
  double length, angle;  // angle to the nearest of level and upright, radians
};

void add_edge(const Point& a, const Point& b, double aspect, std::vector<Side>& edges) {
  const double dx = b.x - a.x, dy = (b.y - a.y) * aspect, quarter = std::numbers::pi / 2;
  const double angle = std::atan2(dy, dx);
  edges.push_back({std::hypot(dx, dy), angle - quarter * std::round(angle / quarter)});
}

// Straight runs of an outline: the ends stay where no point between them is further off than `reach`
// (Douglas and Peucker, 1973).
void add_runs(const std::vector<Point>& points, std::size_t first, std::size_t last, double aspect,
              double reach, std::vector<Side>& edges) {
  const Point a = points[first], b = points[last];
  const double dx = b.x - a.x, dy = (b.y - a.y) * aspect, length = std::max(1e-9, std::hypot(dx, dy));
  std::size_t furthest = first;
  double far = reach;
  for (std::size_t i = first + 1; i < last; ++i) {
    const double px = points[i].x - a.x, py = (points[i].y - a.y) * aspect;
    const double off = std::max(std::abs(px * dy - py * dx) / length, std::hypot(px, py) - length);
    if (off > far) far = off, furthest = i;
  }
  if (furthest == first) return add_edge(a, b, aspect, edges);
  add_runs(points, first, furthest, aspect, reach, edges);
  add_runs(points, furthest, last, aspect, reach, edges);
}

// The long axis of a figure, the longer against the short one the more: second moments of its line. All that
// levels what has no straight sides.
void add_axis(const std::vector<Point>& points, double aspect, std::vector<Side>& edges) {
  double way = 0, x = 0, y = 0, xx = 0, yy = 0, xy = 0;
  for (std::size_t i = 1; i < points.size(); ++i) {
    const double px = (points[i].x + points[i - 1].x) / 2, py = (points[i].y + points[i - 1].y) / 2 * aspect;
    const double w = std::hypot(points[i].x - points[i - 1].x, (points[i].y - points[i - 1].y) * aspect);
    way += w, x += w * px, y += w * py, xx += w * px * px, yy += w * py * py, xy += w * px * py;
  }
  if (way <= 0) return;
  x /= way, y /= way;
  xx = xx / way - x * x, yy = yy / way - y * y, xy = xy / way - x * y;
  const double middle = (xx + yy) / 2, half = std::hypot((xx - yy) / 2, xy);
  const double longer = 2 * (std::sqrt(middle + half) - std::sqrt(std::max(0.0, middle - half)));
  const double angle = std::atan2(2 * xy, xx - yy) / 2;
  add_edge({0, 0}, {longer * std::cos(angle), longer * std::sin(angle) / aspect}, aspect, edges);
}

std::vector<Side> edges_of(const Reading& reading, double aspect) {
  std::vector<Side> edges;
  for (const Shape& shape : reading.shapes) {
    const bool open = shape.stroke.size() > 1;
    auto points = open ? shape.stroke : shape.polygon;
    if (shape.shape_class == ShapeClass::arrow || points.size() < 2) continue;
    if (!open) points.push_back(points.front());
    add_runs(points, 0, points.size() - 1, aspect,
             0.03 * std::hypot(shape.box.width, shape.box.height * aspect), edges);
    if (shape.shape_class == ShapeClass::wave || shape.shape_class == ShapeClass::zigzag)
      add_edge(points.front(), points.back(), aspect, edges);
    add_axis(points, aspect, edges);
  }
  return edges;
}

// The mean of the edges that lie near it, found in a few steps from level; edges count less the further off
// they lie, so that none is in or out by a hair.
double mean_lean(const std::vector<Side>& edges) {
  double lean = 0;
  for (int round = 0; round < 5; ++round) {
    double sum = 0, weight = 0;
    for (const Side& edge : edges) {
      const double off = (edge.angle - lean) / window;
      if (std::abs(off) >= 1 || edge.length < least_length) continue;
      const double near = (1 - off * off) * (1 - off * off) * edge.length * edge.length;
      sum += near * edge.angle, weight += near;
    }
    if (weight <= 0) return lean;
    lean = sum / weight;
  }
  return lean;
}

}  // namespace

// Pixels are looked at one in a few: the ground is large.
bool is_photographed(const cv::Mat& rgb) {
  std::vector<int> counts(64 * 64 * 64, 0);
  cv::Vec3b ground;
  const int step = std::max(1, std::max(rgb.cols, rgb.rows) / 256);
  const auto bin = [](const cv::Vec3b& p) { return (p[0] >> 2) << 12 | (p[1] >> 2) << 6 | p[2] >> 2; };
  const auto each = [&](auto&& look) {
    for (int y = 0; y < rgb.rows; y += step)
      for (int x = 0; x < rgb.cols; x += step) look(rgb.at<cv::Vec3b>(y, x));
  };
  int most = 0, all = 0, same = 0;
  each([&](const cv::Vec3b& p) {
    ++all;
    if (const int count = ++counts[static_cast<std::size_t>(bin(p))]; count > most) most = count, ground = p;
  });
  each([&](const cv::Vec3b& p) { same += cv::norm(p, ground, cv::NORM_INF) <= nearly; });
  return same < one_colour * all;
}

double lean_of(const Reading& reading, double aspect) { return mean_lean(edges_of(reading, aspect)); }

std::vector<Point> turned_page(double radians, double aspect) {
  const double c = std::cos(radians), s = std::sin(radians);
  std::vector<Point> corners;
  for (const Point& p : {Point{0, 0}, Point{1, 0}, Point{1, 1}, Point{0, 1}}) {
    const double x = p.x - 0.5, y = (p.y - 0.5) * aspect;
    corners.push_back({0.5 + c * x - s * y, 0.5 + (s * x + c * y) / aspect});
  }
  return corners;
}

}  // namespace doodled::sight
