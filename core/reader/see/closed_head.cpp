#include "core/reader/see/closed_head.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/reader/see/stroke_pieces.hpp"

namespace doodled::sight {
namespace {

constexpr double confidence = 0.7;
constexpr double shortest = 8;      // pens: shafts
constexpr double largest = 0.4;     // of the shaft's length is the head's box,
constexpr double loneliest = 0.25;  // where it leads to nothing,
constexpr double stoutest = 0.8;    // or where it joins two things that are larger
constexpr double larger = 3;        // so many times the head's box is that of what it leads to,
constexpr double far_larger = 8;    // and that of what it comes from, where it leads to nothing
constexpr double far = 14;          // pens from its tip to what it leads to
constexpr double touch = 1.5;       // pens from the shaft's end to the head, at most,
constexpr double stop = 0.3;        // and so much of the head's size: a hand stops short of it
constexpr double askew = 35;        // degrees between shaft and head, at most
constexpr double taper = 1.5;       // so many times as broad is its first third as its last quarter

// A head as seen from the end of its shaft.
struct Seen {
  double length = 0;             // from the end to the tip
  double broad = 0, narrow = 0;  // half a breadth: of the first third, of the last quarter
  cv::Point2f tip;
};

Seen seen_along(cv::Point2f forward, cv::Point2f end, const Path& outline) {
  Seen seen;
  const auto ahead = [&](cv::Point2f p) { return double((p - end).dot(forward)); };
  seen.tip = *std::ranges::max_element(outline, {}, ahead);
  seen.length = ahead(seen.tip);
  const cv::Point2f way = unit(seen.tip - end);
  for (const cv::Point2f p : outline) {
    const double along = (p - end).dot(way), aside = std::abs((p - end).cross(way));
    if (along < 0.3 * seen.length) seen.broad = std::max(seen.broad, aside);
    if (along > 0.75 * seen.length) seen.narrow = std::max(seen.narrow, aside);
  }
  return seen;
}

// Something closed: a head, or what an arrow joins.
struct Outline {
  Path path;
  cv::Rect2f box;
  double length = 0;
  bool taken = false;  // as a head
};

class HeadTaker {
 public:
  HeadTaker(const std::vector<Stroke>& strokes, const std::vector<Figure>& figures, double pen) : pen_(pen) {
    for (const Figure& figure : figures)
      if (figure.closed) outlines_.push_back({figure.outline, figure.box, figure.ink_length});
    for (const Stroke& stroke : strokes)
      if (stroke.closed) outlines_.push_back({stroke.points, bounds_of(stroke.points), stroke.length});
  }

  std::optional<Figure> arrow_of(const Stroke& stroke) {
    if (stroke.closed || stroke.length < shortest * pen_) return std::nullopt;
    for (const bool at_end : {true, false}) {
      const Shaft shaft = shaft_of(stroke, at_end);
      for (Outline& outline : outlines_)
        if (const auto tip = outline.taken ? std::nullopt : tip_of(outline, shaft)) {
          outline.taken = true;
          return arrow(shaft, outline, *tip);
        }
    }
    return std::nullopt;
  }
  bool took(const Path& path) const {
    return std::ranges::any_of(outlines_, [&](const Outline& one) { return one.taken && one.path == path; });
  }

 private:
  struct Shaft {
    Path points;  // towards the head
    double length = 0;
    cv::Point2f forward;
  };
  Shaft shaft_of(const Stroke& stroke, bool at_end) const {
    Shaft shaft{stroke.points, stroke.length,
                -away(stroke.points, at_end, std::max(8 * pen_, 0.15 * stroke.length))};
    if (!at_end) std::ranges::reverse(shaft.points);
    return shaft;
  }

  // Something so large lies right before a point.
  bool leads_to(cv::Point2f point, cv::Point2f way, double least_area) const {
    const double reach = far * pen_;
    return std::ranges::any_of(outlines_, [&](const Outline& outline) {
      if (outline.box.area() < least_area || box_distance(point, outline.box) > reach) return false;
      if (contains(outline.path, point)) return true;
      const double here = path_distance(point, outline.path, true);
      const cv::Point2f next = point + way * static_cast<float>(here);
      return here < reach && (contains(outline.path, next) || path_distance(next, outline.path, true) < here);
    });
  }

  std::optional<cv::Point2f> tip_of(const Outline& head, const Shaft& shaft) const {
    const cv::Point2f end = shaft.points.back();
    const double size = std::max(head.box.width, head.box.height), reach = touch * pen_ + stop * size;
    if (size > stoutest * shaft.length || box_distance(end, head.box) > reach ||
        (!contains(head.path, end) && path_distance(end, head.path, true) > reach))
      return std::nullopt;
    const Seen seen = seen_along(shaft.forward, end, head.path);
    const cv::Point2f on = unit(seen.tip - end);
    if (seen.length < 2 * pen_ || angle_between(on, shaft.forward) > askew || seen.broad < pen_ ||
        seen.broad < taper * seen.narrow)
      return std::nullopt;
    return is_led(head, shaft, seen.tip) ? std::optional(seen.tip) : std::nullopt;
  }

  // What a head leads to, or what its shaft comes from, tells it from another small figure.
  bool is_led(const Outline& head, const Shaft& shaft, cv::Point2f tip) const {
    const double size = std::max(head.box.width, head.box.height), area = head.box.area();
    const cv::Point2f end = shaft.points.back(), tail = shaft.points.front();
    const auto comes_from = [&](double so_much_larger) {
      return leads_to(tail, unit(tail - end), so_much_larger * area);
    };
    if (leads_to(tip, unit(tip - end), larger * area))
      return size <= largest * shaft.length || comes_from(larger);
    return size < loneliest * shaft.length && (outlines_.size() == 1 || comes_from(far_larger));
  }

  Figure arrow(const Shaft& shaft, const Outline& head, cv::Point2f tip) const {
    Figure figure;
    figure.shape_class = ShapeClass::arrow;
    figure.confidence = confidence;
    figure.stroke = shaft.points;
    figure.stroke.push_back(tip);
    figure.outline = figure.stroke;
    figure.box = bounds_of(figure.stroke) | head.box;
    figure.ink_length = shaft.length + head.length;
    return figure;
  }

  std::vector<Outline> outlines_;
  double pen_;
};

}  // namespace

std::vector<Figure> take_closed_heads(std::vector<Stroke>& strokes, std::vector<Figure>& figures,
                                      double pen) {
  HeadTaker taker(strokes, figures, pen);
  std::vector<Figure> arrows;
  std::erase_if(strokes, [&](const Stroke& stroke) {
    auto arrow = taker.arrow_of(stroke);
    if (arrow) arrows.push_back(std::move(*arrow));
    return arrow.has_value();
  });
  std::erase_if(strokes, [&](const Stroke& stroke) { return stroke.closed && taker.took(stroke.points); });
  std::erase_if(figures, [&](const Figure& figure) { return figure.closed && taker.took(figure.outline); });
  return arrows;
}

}  // namespace doodled::sight
