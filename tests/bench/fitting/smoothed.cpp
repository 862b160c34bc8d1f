#include "tests/bench/fitting/smoothed.hpp"

#include <algorithm>
#include <cmath>

namespace doodled::bench {
namespace {

// Points of a circle whose arcs leave their chords by the tolerance t stand s apart and turn by s / r each,
// and t = s^2 / 8 r: so s times the turn is 8 t. Hands are less even than circles.
constexpr double most_turn = 15;
constexpr int steps = 8;  // of a piece of the line

double length_of(cv::Point2d way) { return std::hypot(way.x, way.y); }

double turn_between(cv::Point2d before, cv::Point2d after) {
  return std::abs(std::atan2(before.cross(after), before.dot(after)));
}

// The way of the line at a point between two pieces: each counts the more the shorter it is.
cv::Point2d way_through(cv::Point2d before, cv::Point2d after) {
  const double a = length_of(before), b = length_of(after);
  const cv::Point2d way = before * (b / a) + after * (a / b);
  return way * (1 / std::max(length_of(way), 1e-9));
}

// A cubic from `a` to `b` that starts and ends on the ways given, of length one.
cv::Point2d between(cv::Point2d a, cv::Point2d b, cv::Point2d out, cv::Point2d in, double t) {
  const double length = length_of(b - a), u = 1 - t;
  return a * (u * u * (1 + 2 * t)) + b * (t * t * (1 + 2 * u)) +
         (out * (t * u * u) - in * (t * t * u)) * length;
}

}  // namespace

Line smoothed(const Line& line, double tolerance) {
  Line points;
  for (const auto& p : line)
    if (points.empty() || length_of(p - points.back()) > 1e-6) points.push_back(p);
  if (points.size() < 3) return points;
  std::vector<cv::Point2d> outs, ins;  // ways at the start and the end of each piece
  for (std::size_t i = 0; i + 1 < points.size(); ++i) {
    const cv::Point2d way = points[i + 1] - points[i];
    outs.push_back(way * (1 / length_of(way))), ins.push_back(outs.back());
  }
  for (std::size_t i = 1; i + 1 < points.size(); ++i) {
    const cv::Point2d before = points[i] - points[i - 1], after = points[i + 1] - points[i];
    const double shorter = std::min(length_of(before), length_of(after));
    if (shorter * turn_between(before, after) <= most_turn * tolerance)
      ins[i - 1] = outs[i] = way_through(before, after);
  }
  Line result = {points.front()};
  for (std::size_t i = 0; i + 1 < points.size(); ++i)
    for (int k = 1; k <= steps; ++k)
      result.push_back(between(points[i], points[i + 1], outs[i], ins[i], double(k) / steps));
  return result;
}

}  // namespace doodled::bench
