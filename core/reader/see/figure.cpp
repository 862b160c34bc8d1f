#include "core/reader/see/figure.hpp"

#include <algorithm>
#include <cmath>

#include "core/reader/see/open_line.hpp"
#include "core/reader/see/outline.hpp"

namespace doodled::sight {
namespace {

constexpr double closing_gap = 0.24;   // of its own length: so far apart may the ends of a closed figure lie
constexpr double widest_mouth = 0.55;  // of its extent

// The ends lie near to each other and the way between them goes round about once. Few points are looked at:
// the steps of pixels turn by more than the line does.
bool nearly_closed(const Stroke& stroke) {
  if (stroke.closed) return true;
  const cv::Rect2f box = bounds_of(stroke.points);
  const double gap = distance(stroke.points.front(), stroke.points.back());
  if (gap > std::min(closing_gap * stroke.length, widest_mouth * std::hypot(box.width, box.height)))
    return false;
  const Path rough = smooth(resample(stroke.points, 40), 1);
  double turned = 0;
  for (std::size_t i = 1; i + 1 < rough.size(); ++i) turned += turn(rough[i - 1], rough[i], rough[i + 1]);
  return std::abs(turned) > 150 && std::abs(turned) < 500;
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
  const Verdict verdict = classify_line(measure_line(stroke.points, pen), pen);
  return with_extent(verdict, stroke.points, false);
}

bool well_formed(const Figure& figure) {
  return figure.closed && figure.shape_class != ShapeClass::other &&
         figure.shape_class != ShapeClass::polygon && figure.confidence > 0.65;
}

}  // namespace doodled::sight
