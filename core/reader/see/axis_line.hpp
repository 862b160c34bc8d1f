// A long straight line across the page or up and down it, whatever crosses it.
#pragma once
#include <array>
#include <optional>

#include "core/reader/see/graph.hpp"

namespace doodled::sight {

struct AxisLine {
  cv::Point2f at, way;      // a point on it and its direction, of length 1
  double from = 0, to = 0;  // its ends, pixels along `way` from `at`
  double reach = 0;         // pixels beside it that its own ink may lie
  double length() const { return to - from; }
  cv::Point2f point(double along) const { return at + way * static_cast<float>(along); }
  double along(cv::Point2f p) const { return (p - at).dot(way); }
  double beside(cv::Point2f p) const { return way.cross(p - at); }  // sign: the side
  bool holds(cv::Point2f p) const;
};

using Axes = std::array<AxisLine, 2>;  // across, upright

// The longest one that leans by no more than twelve degrees; none where nearly everything is short.
std::optional<AxisLine> find_axis_line(const Graph& graph, bool upright, double pen);

}  // namespace doodled::sight
