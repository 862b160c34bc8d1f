#include "core/reader/see/axes.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/reader/see/axis_cut.hpp"
#include "core/reader/see/trace.hpp"

namespace doodled::sight {
namespace {

constexpr double squarest = 75;          // degrees between the axes, at least
constexpr double short_of = 0.06;        // of its length that an axis may end before the other
constexpr double furthest_origin = 0.6;  // of the axis across, from its left end
constexpr double least_across = 0.45;    // of the axis that the curve runs along
constexpr double least_swing = 0.1;      // of the upright axis
constexpr double longest_beside = 0.3;   // of the upright axis: a line that is no part of the curve
constexpr double most_overlap = 1.2;     // of its width that the strokes of the curve span, summed up
constexpr double widest_gap = 0.06;      // of the axis across: between two pieces of the curve
constexpr double steadiest = 0.55;       // of its way across that leads to the right
constexpr double far_end = 0.05;         // of an axis: a line from one's end to the other's closes a figure,
constexpr double far_end_of_bracket = 0.2;  // of the longer axis: and one of two straight legs from so near
constexpr double least_bow = 0.1;           // of the way between its ends
constexpr double bracket_bow = 0.06;        // of its size
constexpr double bracket_lean = 25;         // degrees off the axes
constexpr double flattest = 0.3;            // width over height of a stroke that runs across

double off_axis(cv::Point2f way, const AxisLine& axis) {
  const double angle = angle_between(way, axis.way);
  return std::min(angle, 180 - angle);
}

cv::Point2f crossing_of(const AxisLine& across, const AxisLine& upright) {
  const double step = across.beside(upright.at) / upright.way.cross(across.way);
  return upright.at + upright.way * static_cast<float>(step);
}

bool meet(const AxisLine& across, const AxisLine& upright) {
  if (off_axis(upright.way, across) < squarest) return false;
  const cv::Point2f origin = crossing_of(across, upright);
  const double along = (across.along(origin) - across.from) / across.length(),
               up = (upright.along(origin) - upright.from) / upright.length();
  return along > -short_of && along < furthest_origin && up > -short_of && up < 1 + short_of;
}

// The strokes of the parts whose middle lies within the axes' frame.
std::vector<Stroke> strokes_beside(const Graph& graph, const Axes& axes, double pen) {
  const cv::Rect2f frame = bounds_of({axes[0].point(axes[0].from), axes[0].point(axes[0].to),
                                      axes[1].point(axes[1].from), axes[1].point(axes[1].to)});
  std::vector<Stroke> strokes;
  for (const auto& part : edges_by_part(graph)) {
    const cv::Rect2f box = bounds_of(graph, part);
    if (!frame.contains((box.tl() + box.br()) / 2)) continue;
    for (Stroke& stroke : trace(graph, part, pen)) strokes.push_back(std::move(stroke));
  }
  return strokes;
}

// The other two sides of a box.
bool is_bracket(const Path& line, const Axes& axes) {
  const cv::Rect2f box = bounds_of(line);
  const Path rough = simplify(line, bracket_bow * std::hypot(box.width, box.height));
  if (rough.size() != 3) return false;
  const cv::Point2f one = rough[1] - rough[0], other = rough[2] - rough[1];
  return std::min(std::max(off_axis(one, axes[0]), off_axis(other, axes[1])),
                  std::max(off_axis(one, axes[1]), off_axis(other, axes[0]))) < bracket_lean;
}

// A curve that falls off between the axes bows towards where they meet, as no side of a figure does.
bool bows_in(const Path& line, cv::Point2f origin) {
  const cv::Point2f chord = line.back() - line.front();
  const double length = cv::norm(chord), side = chord.cross(origin - line.front()) > 0 ? 1 : -1;
  double most = 0;
  for (const auto& p : line) most = std::max(most, side * chord.cross(p - line.front()) / length);
  return most > least_bow * length;
}

// From the end of one axis to that of the other: with them, an outline. Where they meet ends neither. A hand
// leads the four sides of a box further past its corners than it would end a curve at an axis' end.
bool closes_a_figure(const Path& line, const Axes& axes) {
  const double room =
      is_bracket(line, axes) ? far_end_of_bracket * std::max(axes[0].length(), axes[1].length()) : 0;
  const cv::Point2f origin = crossing_of(axes[0], axes[1]);
  if (room == 0 && bows_in(line, origin)) return false;
  const auto ends_at = [&](cv::Point2f p, const AxisLine& axis) {
    return std::ranges::any_of(std::array{axis.point(axis.from), axis.point(axis.to)}, [&](cv::Point2f end) {
      return distance(end, origin) > short_of * axis.length() + axis.reach &&
             distance(p, end) < std::max(room, far_end * axis.length()) + axis.reach;
    });
  };
  return (ends_at(line.front(), axes[0]) && ends_at(line.back(), axes[1])) ||
         (ends_at(line.front(), axes[1]) && ends_at(line.back(), axes[0]));
}

// Steadily to the right and not mostly up or down, as its axis lies.
bool runs_across(const Stroke& stroke, const AxisLine& axis) {
  double way = 0, low = 0, high = 0;
  for (std::size_t i = 1; i < stroke.points.size(); ++i) {
    way += std::abs(axis.along(stroke.points[i]) - axis.along(stroke.points[i - 1]));
    const double height = axis.beside(stroke.points[i]) - axis.beside(stroke.points[0]);
    low = std::min(low, height), high = std::max(high, height);
  }
  const double across = axis.along(stroke.points.back()) - axis.along(stroke.points.front());
  return !stroke.closed && across > steadiest * way && across > flattest * (high - low);
}

// What is beside the axes runs along the one across, in one stroke or in several one after the other.
bool is_a_curve(const std::vector<Stroke>& strokes, const Axes& axes) {
  double across = 0;
  cv::Rect2f box;
  for (const Stroke& stroke : strokes) {
    if (closes_a_figure(stroke.points, axes)) return false;
    const cv::Rect2f own = bounds_of(stroke.points);
    if (!runs_across(stroke, axes[0])) {
      if (stroke.length > longest_beside * axes[1].length()) return false;
      continue;
    }
    across += own.width;
    box |= own;
  }
  return box.width > least_across * axes[0].length() && across < most_overlap * box.width &&
         box.height > least_swing * axes[1].length();
}

// The pieces of a curve that a faint pen or an axis left, the one to the left first.
void join_pieces(Graph& graph, std::vector<Stroke> strokes, const AxisLine& axis) {
  std::erase_if(strokes, [&](const Stroke& stroke) { return !runs_across(stroke, axis); });
  std::ranges::stable_sort(strokes, {}, [&](const Stroke& s) { return axis.along(s.points.front()); });
  for (std::size_t i = 1; i < strokes.size(); ++i) {
    const double gap = distance(strokes[i - 1].points.back(), strokes[i].points.front());
    if (gap < widest_gap * axis.length()) link(graph, strokes[i - 1].last, strokes[i].first);
  }
}

// The longer axis says more.
double lean_of(const Axes& axes) {
  const cv::Point2f across = axes[0].way * static_cast<float>(axes[0].length()),
                    down = axes[1].way * static_cast<float>(axes[1].length());
  const cv::Point2f both = across + cv::Point2f(down.y, -down.x);
  return std::atan2(both.y, both.x);
}

}  // namespace

std::optional<double> take_axes(Graph& graph, double pen) {
  const auto across = find_axis_line(graph, false, pen);
  if (!across) return std::nullopt;
  const auto upright = find_axis_line(graph, true, pen);
  if (!upright || !meet(*across, *upright)) return std::nullopt;
  const Axes axes{*across, *upright};
  auto rest = without_axes(graph, axes, pen);
  if (!rest) return std::nullopt;
  auto strokes = strokes_beside(*rest, axes, pen);
  if (!is_a_curve(strokes, axes)) return std::nullopt;
  join_pieces(*rest, std::move(strokes), axes[0]);
  graph = std::move(*rest);
  return lean_of(axes);
}

}  // namespace doodled::sight
