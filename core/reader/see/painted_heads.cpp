#include "core/reader/see/painted_heads.hpp"

#include <algorithm>

#include "core/reader/see/closed_head.hpp"
#include "core/reader/see/stroke_pieces.hpp"

namespace doodled::sight {
namespace {

constexpr double largest = 0.4;  // of the arrow's length is its head

bool is_head_of(const Figure& spot, const Figure& arrow, double pen) {
  if (arrow.shape_class != ShapeClass::arrow || arrow.stroke.empty()) return false;
  const cv::Point2f tip = arrow.stroke.back();
  const double size = std::max(spot.box.width, spot.box.height);
  if (size > largest * length_of(arrow.stroke) || box_distance(tip, spot.box) > pen) return false;
  const bool lies_behind = (centre_of(spot.outline) - tip).dot(away(arrow.stroke, true, size)) > 0;
  return (arrow.aimed || lies_behind) &&
         (contains(spot.outline, tip) || path_distance(tip, spot.outline, true) < pen);
}

// What has no head yet, or what passed for one with the spot for its target.
bool is_headless(const Figure& figure) {
  return figure.shape_class == ShapeClass::line || figure.shape_class == ShapeClass::arc || figure.aimed;
}

Stroke stroke_of(const Figure& figure) {
  Stroke stroke;
  stroke.points = figure.stroke;
  stroke.length = length_of(figure.stroke);
  return stroke;
}

}  // namespace

bool is_head(const Figure& spot, const std::vector<Figure>& figures, double pen) {
  return std::ranges::any_of(figures, [&](const Figure& arrow) { return is_head_of(spot, arrow, pen); });
}

void lead_to_heads(std::vector<Figure>& figures, double pen) {
  std::vector<Stroke> lines;
  for (const Figure& figure : figures)
    if (is_headless(figure)) lines.push_back(stroke_of(figure));
  auto arrows = take_closed_heads(lines, figures, pen);
  if (arrows.empty()) return;
  const auto is_left = [&](const Figure& figure) {
    return std::ranges::any_of(lines, [&](const Stroke& line) { return line.points == figure.stroke; });
  };
  std::erase_if(figures, [&](const Figure& figure) { return is_headless(figure) && !is_left(figure); });
  std::ranges::move(arrows, std::back_inserter(figures));
}

}  // namespace doodled::sight
