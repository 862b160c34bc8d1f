#include "core/reader/draw/marks.hpp"

#include <cmath>

namespace doodled::drawing {
namespace {

// Widths are fractions of the page's width.
constexpr double line_width = 0.0075;
constexpr double brush_width = 0.03;
constexpr double dot_radius = 0.012;
constexpr double dot_spacing = 0.0625;  // a sixteenth of the page
constexpr double hatch_spacing = 0.016;
constexpr double hatch_length = 0.06;
constexpr double head_length = 0.045;
constexpr double head_angle = 0.5;  // radians to either side

struct Place {
  double x, y, pressure;
};

std::vector<Place> places_of(const HandStroke& stroke, double width, double height) {
  std::vector<Place> places;
  places.reserve(stroke.points.size());
  for (const auto& point : stroke.points)
    places.push_back({point.x * width, point.y * height, point.pressure});
  return places;
}

template <class WidthOf>
Marks freehand(const std::vector<Place>& path, WidthOf width_of) {
  Marks marks;
  if (path.size() == 1) marks.dots.push_back({path[0].x, path[0].y, width_of(path[0].pressure) * 0.8});
  for (std::size_t i = 1; i < path.size(); ++i)
    marks.segments.push_back({path[i - 1].x, path[i - 1].y, path[i].x, path[i].y,
                              width_of((path[i - 1].pressure + path[i].pressure) / 2)});
  return marks;
}

// Places along a path, `spacing` apart, its first point included.
std::vector<Place> spaced(const std::vector<Place>& path, double spacing) {
  std::vector<Place> places{path.front()};
  double travelled = 0;
  for (std::size_t i = 1; i < path.size(); ++i) {
    const Place &a = path[i - 1], &b = path[i];
    const double length = std::hypot(b.x - a.x, b.y - a.y);
    double next = spacing - travelled;
    while (next <= length) {
      places.push_back({a.x + (b.x - a.x) * next / length, a.y + (b.y - a.y) * next / length, b.pressure});
      next += spacing;
    }
    travelled = length - (next - spacing);
  }
  return places;
}

Marks dotted(const std::vector<Place>& path, double width) {
  Marks marks;
  for (const auto& place : spaced(path, dot_spacing * width))
    marks.dots.push_back({place.x, place.y, dot_radius * width});
  return marks;
}

Marks hatching(const std::vector<Place>& path, double width, double pen) {
  const double half = hatch_length * width / 2;
  Marks marks;
  for (const auto& [x, y, pressure] : spaced(path, hatch_spacing * width))
    marks.segments.push_back({x - half * 0.7, y + half, x + half * 0.7, y - half, pen * 0.7});
  return marks;
}

Marks arrow(const Place& from, const Place& to, double width, double pen) {
  const double angle = std::atan2(to.y - from.y, to.x - from.x), head = head_length * width;
  Marks marks{{{from.x, from.y, to.x, to.y, pen}}, {}};
  for (const double turn : {head_angle, -head_angle})
    marks.segments.push_back(
        {to.x, to.y, to.x - head * std::cos(angle + turn), to.y - head * std::sin(angle + turn), pen});
  return marks;
}

}  // namespace

Marks marks_of(const HandStroke& stroke, double width, double height) {
  const auto path = places_of(stroke, width, height);
  if (path.empty()) return {};
  const double line = stroke.width.value_or(line_width) * width;
  const double brush = stroke.width.value_or(brush_width) * width;
  switch (stroke.pen) {
    case Pen::line:
      break;
    case Pen::brush:
      return freehand(path, [&](double pressure) { return brush * (0.25 + 0.9 * pressure); });
    case Pen::dots:
      return dotted(path, width);
    case Pen::hatch:
      return hatching(path, width, line);
    case Pen::arrow:
      return arrow(path.front(), path.back(), width, line);
  }
  return freehand(path, [&](double) { return line; });
}

}  // namespace doodled::drawing
