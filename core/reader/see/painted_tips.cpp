#include "core/reader/see/painted_tips.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

#include "core/reader/see/ink_reach.hpp"

namespace doodled::sight {
namespace {

constexpr double confidence = 0.75;
constexpr double shortest = 8;         // pens: strokes
constexpr double longest_head = 0.45;  // of the stroke
constexpr double least = 2;            // pens: heads; less is where it crosses another line
constexpr double broader = 2;          // shafts: there a head begins
constexpr double broad = 2.3;          // and is as broad as that or broader,
constexpr double one_sided = 0.25;     // of its breadth lies on either side of the shaft, at least,
constexpr double at_once = 0.35;       // and within so much of its breadth it is there
constexpr double slimmest = 2.6, stoutest = 0.45;  // of its breadth is its length
constexpr double clear = 1.5;                      // pens around it nothing but the shaft leads to it,
constexpr double ahead = 1;                        // radians off its way, and further
constexpr double tapered = 0.62;                   // of its breadth are left at three quarters of its length

struct Breadth {
  double left = 0, right = 0;
  double all() const { return std::max(0.0, left + right - 1); }
};

struct Head {
  Path shaft;  // towards the head, up to where that begins
  cv::Point2f tip, middle;
  double reach = 0;  // from its middle, of all of it
};

// A stroke towards one of its ends, in steps of a pixel.
class Shaft {
 public:
  Shaft(const Path& stroke, bool at_end, const cv::Mat& ink, double pen)
      : points_(resample(stroke, std::max(16, static_cast<int>(length_of(stroke))))), ink_(ink), pen_(pen) {
    if (!at_end) std::ranges::reverse(points_);
    far_ = longest_head * length();
  }

  std::optional<Head> head() const {
    const double usual = usual_breadth();
    for (auto i = static_cast<std::size_t>((1 - longest_head) * length()); i < points_.size(); i += 2)
      if (breadth_at(points_[i], way_at(i)).all() >= broader * usual) return head_at(i, broad * usual);
    return std::nullopt;
  }

 private:
  double length() const { return static_cast<double>(points_.size()); }
  // The direction in which it comes to a point.
  cv::Point2f way_at(std::size_t i) const {
    const auto lag = static_cast<std::size_t>(3 * pen_) + 2;
    return unit(points_[i] - points_[i > lag ? i - lag : 0]);
  }
  Breadth breadth_at(cv::Point2f at, cv::Point2f way) const {
    const cv::Point2f aside(-way.y, way.x);
    return {ink_reach(at, aside, far_, ink_), ink_reach(at, -aside, far_, ink_)};
  }
  double usual_breadth() const {
    std::vector<double> all;
    for (std::size_t i = points_.size() / 4; i < points_.size() / 2; i += 4)
      all.push_back(breadth_at(points_[i], way_at(i)).all());
    const auto middle = all.begin() + static_cast<long>(all.size() / 2);
    std::ranges::nth_element(all, middle);
    return std::max(*middle, pen_);
  }

  // Straight on from where it is broad.
  std::optional<Head> head_at(std::size_t base, double broad_enough) const {
    const cv::Point2f begin = points_[base], way = way_at(base);
    std::vector<Breadth> breadths;
    for (double gone = 0, far = ink_reach(begin, way, far_, ink_); gone < far; gone += 1)
      breadths.push_back(breadth_at(begin + way * static_cast<float>(gone), way));
    if (!is_head(breadths, broad_enough)) return std::nullopt;
    const double all = static_cast<double>(breadths.size()),
                 broadest = std::ranges::max(breadths, {}, &Breadth::all).all();
    if (all > longest_head * static_cast<double>(base) ||
        length() - static_cast<double>(base) > all + broadest)
      return std::nullopt;
    const Head head{Path(points_.begin(), points_.begin() + static_cast<long>(base)),
                    begin + way * static_cast<float>(all - pen_ / 2),
                    begin + way * static_cast<float>(all / 2), std::hypot(all, broadest) / 2};
    return lines_behind(head, way) == 1 ? std::optional(head) : std::nullopt;
  }
  // Where two outlines run together they are as broad, too, but lead on.
  int lines_behind(const Head& head, cv::Point2f way) const {
    const double around = head.reach + clear * pen_;
    int lines = 0;
    bool before = false;
    for (double angle = ahead; angle < 2 * CV_PI - ahead; angle += 1 / around) {
      const auto c = static_cast<float>(std::cos(angle) * around),
                 s = static_cast<float>(std::sin(angle) * around);
      const bool here = is_ink(head.middle + cv::Point2f(way.x * c - way.y * s, way.x * s + way.y * c), ink_);
      lines += here && !before;
      before = here;
    }
    return lines;
  }
  bool is_head(const std::vector<Breadth>& breadths, double broad_enough) const {
    const auto widest = std::ranges::max_element(breadths, {}, &Breadth::all);
    if (widest == breadths.end()) return false;
    const double breadth = widest->all(), all = static_cast<double>(breadths.size());
    return breadth >= broad_enough && std::min(widest->left, widest->right) >= one_sided * breadth &&
           static_cast<double>(widest - breadths.begin()) <= at_once * breadth + pen_ / 2 &&
           all <= slimmest * breadth && all >= std::max(stoutest * breadth, least * pen_) &&
           breadths[breadths.size() * 3 / 4].all() <= tapered * breadth;
  }

  Path points_;
  const cv::Mat& ink_;
  double pen_, far_ = 0;
};

std::optional<Head> head_of(const Stroke& stroke, const cv::Mat& ink, double pen) {
  if (stroke.closed || stroke.length < shortest * pen) return std::nullopt;
  auto last = Shaft(stroke.points, true, ink, pen).head(),
       first = Shaft(stroke.points, false, ink, pen).head();
  return !first || (last && last->reach > first->reach) ? last : first;
}

Figure arrow(const Stroke& stroke, const Head& head) {
  Figure figure;
  figure.shape_class = ShapeClass::arrow;
  figure.confidence = confidence;
  figure.painted = true;
  figure.stroke = head.shaft;
  figure.stroke.push_back(head.tip);
  figure.outline = figure.stroke;
  const auto far = static_cast<float>(head.reach);
  figure.box =
      bounds_of(figure.stroke) | cv::Rect2f(head.middle.x - far, head.middle.y - far, 2 * far, 2 * far);
  figure.ink_length = stroke.length;
  return figure;
}

// What thinning left of a head.
bool is_within(const Stroke& stroke, const Head& head, double pen) {
  return std::ranges::all_of(stroke.points,
                             [&](cv::Point2f p) { return distance(p, head.middle) < head.reach + pen; });
}

}  // namespace

std::vector<Figure> take_painted_tips(std::vector<Stroke>& strokes, const cv::Mat& ink, double pen) {
  std::vector<Figure> arrows;
  if (ink.empty()) return arrows;
  std::vector<Head> heads;
  std::erase_if(strokes, [&](const Stroke& stroke) {
    const auto head = head_of(stroke, ink, pen);
    if (head) arrows.push_back(arrow(stroke, *head)), heads.push_back(*head);
    return head.has_value();
  });
  std::erase_if(strokes, [&](const Stroke& stroke) {
    return std::ranges::any_of(heads, [&](const Head& head) { return is_within(stroke, head, pen); });
  });
  return arrows;
}

}  // namespace doodled::sight
