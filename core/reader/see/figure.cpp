#include "core/reader/see/figure.hpp"

#include <cmath>

#include "core/reader/see/open_line.hpp"
#include "core/reader/see/outline.hpp"

namespace doodled::sight {
namespace {

constexpr double closing_gap = 0.24;  // of its own length: so far apart may the ends of a closed figure lie

bool nearly_closed(const Stroke& stroke) {
  if (stroke.closed) return true;
  const LineMeasures m = measure_line(stroke.points);
  return m.chord < closing_gap * stroke.length && std::abs(m.signed_turn) > 200 &&
         std::abs(m.signed_turn) < 500;
}

Figure with_extent(const Verdict& verdict, const Path& path, bool closed) {
  Figure figure;
  figure.shape_class = verdict.shape_class;
  figure.confidence = verdict.confidence;
  figure.closed = closed;
  figure.outline = path;
  figure.stroke = path;
  figure.box = bounds_of(path);
  figure.ink_length = length_of(path, closed);
  return figure;
}

}  // namespace

Figure closed_figure(const Path& outline) {
  const Verdict verdict = classify_outline(measure_outline(outline));
  return with_extent(verdict, outline, true);
}

Figure stroke_figure(const Stroke& stroke, double pen) {
  if (nearly_closed(stroke)) {
    Figure figure = closed_figure(stroke.points);
    if (stroke.closed || figure.shape_class != ShapeClass::other) return figure;
  }
  const Verdict verdict = classify_line(measure_line(stroke.points), pen);
  return with_extent(verdict, stroke.points, false);
}

bool well_formed(const Figure& figure) {
  return figure.closed && figure.shape_class != ShapeClass::other &&
         figure.shape_class != ShapeClass::polygon && figure.confidence > 0.65;
}

}  // namespace doodled::sight
