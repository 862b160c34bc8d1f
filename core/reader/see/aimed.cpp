#include "core/reader/see/aimed.hpp"

#include <algorithm>
#include <cmath>
#include <functional>
#include <optional>

#include "core/reader/see/linked.hpp"
#include "core/reader/see/stroke_pieces.hpp"
#include "core/reader/see/swell.hpp"

namespace doodled::sight {
namespace {

constexpr double confidence = 0.6;
constexpr double shortest = 5;         // pens: shafts
constexpr double scrap_share = 0.3;    // of the stroke that it ends is a piece of a head, at most
constexpr double far = 14;             // pens to what an arrow leads to, at most,
constexpr double far_share = 0.3;      // and so much of the shaft's length, or near
constexpr double hook_corner = 60;     // degrees: what turns so near an end belongs to a head
constexpr double most_turned = 300;    // degrees, in all: a scribble leads nowhere
constexpr double widest_gap = 0.35;    // of an outline's line, over which it counts as closed
constexpr double least_compact = 0.4;  // of what it encloses, 1 for a circle
constexpr double least_sure = 0.5;     // that a figure is one
constexpr double solid_weight = 2;     // of ink beside the shaft against line
constexpr int several = 6;             // good figures make a diagram

// What an arrow must show. Lengths are in pens.
struct Demands {
  double scrap;         // the longest piece of a head
  double around;        // how far from its tip a head's lines lie
  double least_line;    // of line about the tip beside the shaft's own,
  double more_line;     // and so many times what lies about the tail
  double near;          // to what it leads to, however short it is
  double least_area;    // squared, of that,
  double least_around;  // and of the shaft's length is the line around it
  double small;         // a shaft this short is a straight one:
  double straight;      // so much of its length is the way between its ends,
  double least_way;     // and so much that of a longer one
};
constexpr Demands anywhere{16, 5, 2, 2, 8, letter_area, 0.25, 0, 0, 0};
constexpr Demands in_diagrams{24, 4.5, 1.5, 1.5, 10, 40, 0.1, 24, 0.85, 0.3};

double turn_at(const Path& path, std::size_t i) { return std::abs(turn(path[i - 1], path[i], path[i + 1])); }

// The last corner of a line's end piece, 0 (its first point) where it has none.
std::size_t hook_of(const Path& rough, double longest) {
  std::size_t corner = 0;
  double gone = 0;
  for (std::size_t i = 1; i + 1 < rough.size(); ++i) {
    gone += distance(rough[i - 1], rough[i]);
    if (gone > longest) break;
    if (turn_at(rough, i) > hook_corner) corner = i;
  }
  return corner;
}

// A stroke without the short pieces behind a sharp corner at either end.
Path without_hooks(const Stroke& stroke, double pen, double scrap) {
  Path path = stroke.points;
  for (int end = 0; end < 2; ++end) {
    const Path rough = simplify(path, std::max(1.2 * pen, 2.0));
    const cv::Point2f corner = rough[hook_of(rough, std::min(scrap * pen, scrap_share * stroke.length))];
    path.erase(path.begin(), std::ranges::find(path, corner));
    std::ranges::reverse(path);
  }
  return path;
}

bool leads_on(const Path& shaft, double pen, const Demands& ask) {
  const double length = length_of(shaft);
  if (distance(shaft.front(), shaft.back()) <
      (length < ask.small * pen ? ask.straight : ask.least_way) * length)
    return false;
  const Path rough = simplify(shaft, 2 * pen);
  double turned = 0;
  for (std::size_t i = 1; i + 1 < rough.size(); ++i) turned += turn_at(rough, i);
  return turned < most_turned;
}

double gap_to(const Figure& figure, cv::Point2f p) {
  return contains(figure.outline, p) ? 0 : path_distance(p, figure.outline, true);
}

// Drawn round what it encloses but for a gap.
bool goes_round(const Stroke& stroke) {
  const double whole = length_of(stroke.points, true);
  return !stroke.closed && whole < stroke.length * (1 + widest_gap) &&
         4 * CV_PI * std::abs(signed_area(stroke.points)) > least_compact * whole * whole;
}

bool larger_than(double area, const Figure& figure, double pen) {
  return figure.box.area() >= area * pen * pen;
}

// Elsewhere only good figures are led to, in a diagram any that are closed.
bool is_good(const Figure& figure, double pen) {
  return is_target(figure) && larger_than(anywhere.least_area, figure, pen);
}

bool is_closed(const Figure& figure, double pen) {
  return figure.closed && figure.shape_class != ShapeClass::other && figure.confidence > least_sure &&
         larger_than(in_diagrams.least_area, figure, pen);
}

struct Targets {
  std::vector<Figure> figures;
  Demands ask = anywhere;
};

Targets targets_among(std::vector<Figure> figures, const std::vector<Stroke>& strokes, double pen) {
  const std::size_t first = figures.size();
  for (const Stroke& stroke : strokes) figures.push_back(stroke_figure(stroke, pen));
  const auto good = [&](const Figure& figure) { return is_good(figure, pen); };
  if (std::ranges::count_if(figures, good) < several) {
    std::erase_if(figures, std::not_fn(good));
    return {std::move(figures)};
  }
  for (std::size_t s = 0; s < strokes.size(); ++s)
    if (goes_round(strokes[s])) figures[first + s] = closed_figure(strokes[s].points);
  std::erase_if(figures, [&](const Figure& figure) { return !is_closed(figure, pen); });
  return {std::move(figures), in_diagrams};
}

class Aimer {
 public:
  Aimer(const std::vector<Stroke>& strokes, const Targets& targets, const cv::Mat& ink, double pen)
      : strokes_(strokes),
        targets_(targets.figures),
        ask_(targets.ask),
        ink_(ink),
        pen_(pen),
        used_(strokes.size()) {}

  std::vector<Figure> run() {
    std::vector<Figure> arrows;
    for (std::size_t s = 0; s < strokes_.size(); ++s)
      if (!used_[s] && !strokes_[s].closed)
        if (auto arrow = arrow_of(s)) arrows.push_back(std::move(*arrow));
    return arrows;
  }
  const std::vector<bool>& used() const { return used_; }

 private:
  std::optional<Figure> arrow_of(std::size_t stroke) {
    if (strokes_[stroke].length < shortest * pen_) return std::nullopt;
    Path shaft = without_hooks(strokes_[stroke], pen_, ask_.scrap);
    const bool hooked = shaft.size() < strokes_[stroke].points.size();
    if (auto arrow = arrow_along(stroke, std::move(shaft))) return arrow;
    // What turns near its end may be the last leg of a shaft.
    return hooked ? arrow_along(stroke, strokes_[stroke].points) : std::nullopt;
  }
  std::optional<Figure> arrow_along(std::size_t stroke, Path shaft) {
    if (length_of(shaft) < shortest * pen_ || !leads_on(shaft, pen_, ask_)) return std::nullopt;
    const int to = target_of(shaft), from = target_of({shaft.rbegin(), shaft.rend()});
    if (from < 0 || to < 0 || from == to) return std::nullopt;
    double tail = line_about(shaft.front(), stroke) + swell(stroke, shaft, false, from),
           head = line_about(shaft.back(), stroke) + swell(stroke, shaft, true, to);
    if (tail > head) std::swap(tail, head), std::ranges::reverse(shaft);
    if (head < ask_.least_line * pen_ || head < ask_.more_line * tail) return std::nullopt;
    return arrow(stroke, std::move(shaft));
  }

  // Of a solid head, as length of line. That of a dashed shaft lies beyond its last dash.
  double swell(std::size_t stroke, const Path& shaft, bool at_end, int target) const {
    if (ink_.empty()) return 0;
    const cv::Point2f end = at_end ? shaft.back() : shaft.front();
    const double beyond =
        strokes_[stroke].dashed ? gap_to(targets_[static_cast<std::size_t>(target)], end) : 0;
    return solid_weight * swell_at(shaft, at_end, beyond, ink_, pen_) / pen_;
  }
  bool is_scrap(std::size_t s) const { return !used_[s] && strokes_[s].length < ask_.scrap * pen_; }
  // Length of line about the end of a stroke, without what leads there.
  double line_about(cv::Point2f end, std::size_t stroke) const {
    double line = std::max(0.0, line_near(strokes_[stroke].points, end) - ask_.around * pen_);
    for (std::size_t s = 0; s < strokes_.size(); ++s)
      if (s != stroke && is_scrap(s)) line += line_near(strokes_[s].points, end);
    return line;
  }
  double line_near(const Path& path, cv::Point2f end) const {
    double line = 0;
    for (std::size_t i = 1; i < path.size(); ++i)
      if (distance(0.5F * (path[i] + path[i - 1]), end) < ask_.around * pen_)
        line += distance(path[i], path[i - 1]);
    return line;
  }

  // What lies nearest ahead of a shaft's last point; not what the shaft lies in.
  int target_of(const Path& shaft) const {
    const double length = length_of(shaft);
    const double reach = std::clamp(far_share * length, ask_.near * pen_, far * pen_);
    const cv::Point2f end = shaft.back(), middle = shaft[shaft.size() / 2];
    const cv::Point2f forward = -away(shaft, true, std::max(8 * pen_, 0.15 * length));
    int best = -1;
    double nearest = reach;
    for (std::size_t i = 0; i < targets_.size(); ++i) {
      const Figure& target = targets_[i];
      if (box_distance(end, target.box) > reach || target.ink_length < ask_.least_around * length ||
          contains(target.outline, middle))
        continue;
      const double here = gap_to(target, end);
      if (here >= std::min(reach, 2 * nearest)) continue;
      const double ahead = gap_to(target, end + forward * static_cast<float>(here));
      if ((here + ahead) / 2 < nearest) nearest = (here + ahead) / 2, best = static_cast<int>(i);
    }
    return best;
  }

  Figure arrow(std::size_t stroke, Path shaft) {
    Figure figure;
    figure.shape_class = ShapeClass::arrow;
    figure.confidence = confidence;
    figure.aimed = true;
    const cv::Point2f tip = shaft.back();
    figure.outline = figure.stroke = std::move(shaft);
    for (std::size_t s = 0; s < strokes_.size(); ++s) {
      if (s != stroke && !(is_scrap(s) && line_near(strokes_[s].points, tip) > 0)) continue;
      used_[s] = true;
      const cv::Rect2f box = bounds_of(strokes_[s].points);
      figure.box = figure.ink_length > 0 ? figure.box | box : box;
      figure.ink_length += strokes_[s].length;
    }
    return figure;
  }

  const std::vector<Stroke>& strokes_;
  const std::vector<Figure>& targets_;
  const Demands& ask_;
  const cv::Mat& ink_;
  double pen_;
  std::vector<bool> used_;
};

}  // namespace

std::vector<Figure> take_aimed_arrows(std::vector<Stroke>& strokes, const std::vector<Figure>& figures,
                                      const cv::Mat& ink, double pen) {
  const Targets targets = targets_among(figures, strokes, pen);
  Aimer aimer(strokes, targets, ink, pen);
  auto arrows = aimer.run();
  std::vector<Stroke> rest;
  for (std::size_t s = 0; s < strokes.size(); ++s)
    if (!aimer.used()[s]) rest.push_back(std::move(strokes[s]));
  strokes = std::move(rest);
  return arrows;
}

}  // namespace doodled::sight
