#include "core/reader/see/shaded.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <set>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/figure.hpp"

namespace doodled::sight {
namespace {

constexpr double least_share = 0.7;   // of the lines inside shade,
constexpr double nearly_all = 0.9;    // or so much where there are only four
constexpr double least_cover = 0.25;  // of the outline's area
constexpr double sure = 0.78;         // of the outline's form: then
constexpr double widest = 0.3;        // of their lengths is the width of all lines at most, else
constexpr double less_wide = 0.2;     // as the rings of a funnel lie side by side, too
constexpr double about = 0.5;         // where lines of the outline may be among them
constexpr double widest_gap = 2.5;    // steps to the next line or the outline, on either side,
constexpr double least_gap = 0.3;     // or of the width of all of them, where a hand left some out,
constexpr double least_pens = 5;      // or pens
constexpr double most_of_edge = 0.6;
constexpr std::size_t most_pieces = 3000;
constexpr int probes = 7, most_outside = 2;

bool is_near(const Edge& edge, const cv::Rect2f& box) {
  return !edge.gone && box_distance(edge.points.front(), box) < 1 &&
         box_distance(edge.points.back(), box) < 1;
}

// As much of the page as some lines need.
class Canvas {
 public:
  explicit Canvas(const cv::Rect2f& box)
      : origin_(cvFloor(box.x) - 2, cvFloor(box.y) - 2),
        mask_(cv::Mat::zeros(cvCeil(box.height) + 5, cvCeil(box.width) + 5, CV_8U)) {}

  // Most steps lead to a pixel's neighbour, which needs no drawing.
  void draw(const Path& line) {
    for (std::size_t i = 0; i < line.size(); ++i) {
      const cv::Point at = pixel(line[i]), before = pixel(line[i > 0 ? i - 1 : 0]), step = at - before;
      if (holds(at)) mask_.at<uchar>(at) = 255;
      if (std::max(std::abs(step.x), std::abs(step.y)) > 1) cv::line(mask_, before, at, 255);
    }
  }
  // By a pixel on all sides.
  void broaden() { cv::dilate(mask_, mask_, cv::Mat()); }
  double share_drawn(const Path& line) const {
    const auto is_drawn = [&](cv::Point2f p) { return holds(pixel(p)) && mask_.at<uchar>(pixel(p)) != 0; };
    return double(std::ranges::count_if(line, is_drawn)) / double(line.size());
  }
  // The longest line around what was drawn.
  Path outline() const {
    std::vector<std::vector<cv::Point>> contours;
    cv::findContours(mask_, contours, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_NONE);
    Path outline;
    if (contours.empty()) return outline;
    for (const auto& p : *std::ranges::max_element(contours, {}, &std::vector<cv::Point>::size))
      outline.emplace_back(p + origin_);
    return outline;
  }

 private:
  cv::Point pixel(cv::Point2f p) const { return cv::Point(p) - origin_; }
  bool holds(cv::Point p) const { return cv::Rect({}, mask_.size()).contains(p); }

  cv::Point origin_;
  cv::Mat mask_;
};

// The lines in one outline.
class Shaded {
 public:
  Shaded(const Graph& graph, const Rim& rim, double pen)
      : graph_(graph), pen_(pen), rim_(rim), inside_(edges_within(graph, rim, fewest_lines)) {}

  std::optional<Shading> run() {
    if (inside_.size() < fewest_lines) return std::nullopt;
    pieces_ = shade_pieces(graph_, inside_, pen_);
    if (pieces_.size() < fewest_lines || pieces_.size() > most_pieces) return std::nullopt;
    find_families();
    if (families_.empty() || length_ < least_share * all_) return std::nullopt;
    outline_ = simplify(rim_.outline, 0.3 * pen_, true);
    if (!are_shading()) return std::nullopt;
    const cv::Rect2f box = bounds_of(outline_);
    return Shading{edges(), inside_, length_, std::max(box.width, box.height)};
  }

 private:
  const Edge& edge(int e) const { return graph_.edges[static_cast<std::size_t>(e)]; }

  void find_families() {
    std::vector<bool> free;
    for (const ShadePiece& piece : pieces_) free.push_back(!piece.cornered), all_ += piece.length;
    while (families_.size() < 2 && length_ < nearly_all * all_) {
      auto family = shade_family(pieces_, free);
      if (!family) break;
      length_ += family->length;
      for (const auto i : family->pieces) free[i] = false;
      families_.push_back(*std::move(family));
    }
  }

  // Side by side so closely, and over enough of what lies inside.
  bool are_shading() const {
    if (!cover()) return false;
    const Figure figure = closed_figure(outline_);
    const bool good = figure.shape_class != ShapeClass::other && figure.confidence >= sure;
    const bool few = families_.front().pieces.size() <= fewest_lines;
    return (!few || (good && length_ > nearly_all * all_)) && are_close(good ? widest : less_wide);
  }
  bool are_close(double wide) const {
    return std::ranges::all_of(
        families_, [&](const ShadeFamily& family) { return family.width < wide * family.length; });
  }
  bool cover() const {
    Path points, hull;
    for (const ShadeFamily& family : families_)
      for (const auto i : family.pieces) points.push_back(pieces_[i].a), points.push_back(pieces_[i].b);
    cv::convexHull(points, hull);
    return std::abs(signed_area(hull)) > least_cover * std::abs(signed_area(outline_));
  }

  // How far it is to the next line of the family, or to the outline, on both sides of a piece: the further.
  double room_beside(const ShadeFamily& family, std::size_t which) const {
    const cv::Point2f middle = (pieces_[which].a + pieces_[which].b) * 0.5F;
    const cv::Point2f across(-family.along.y, family.along.x);
    double before = 1e9, after = 1e9;
    const auto meet = [&](cv::Point2f a, cv::Point2f b) {
      const double from = (a - middle).dot(family.along), to = (b - middle).dot(family.along);
      if ((from > 0) == (to > 0)) return;
      const double at = (a - middle).dot(across) + (b - a).dot(across) * from / (from - to);
      if (at > 1) after = std::min(after, at);
      if (at < -1) before = std::min(before, -at);
    };
    for (const auto i : family.pieces)
      if (i != which) meet(pieces_[i].a, pieces_[i].b);
    for (std::size_t i = 0; i < outline_.size(); ++i) meet(outline_[i], outline_[(i + 1) % outline_.size()]);
    return std::max(before, after);
  }
  double room_for(const ShadeFamily& family) const {
    return std::max({widest_gap * family.step, least_gap * family.width, least_pens * pen_});
  }

  // The line between a shaded figure and a plain one that it touches has room beside it, and stays.
  std::vector<int> edges() const {
    std::vector<double> shades(graph_.edges.size(), 0);
    for (const ShadeFamily& family : families_)
      for (const auto i : family.pieces)
        if (room_beside(family, i) < room_for(family))
          shades[static_cast<std::size_t>(pieces_[i].edge)] += pieces_[i].length;
    std::vector<int> found;
    std::ranges::copy_if(inside_, std::back_inserter(found), [&](int e) {
      return shades[static_cast<std::size_t>(e)] > most_of_edge * edge(e).length;
    });
    return found;
  }

  const Graph& graph_;
  double pen_;
  const Rim& rim_;
  std::vector<int> inside_;
  Path outline_;  // of the rim, with fewer points
  std::vector<ShadePiece> pieces_;
  std::vector<ShadeFamily> families_;
  double length_ = 0, all_ = 0;  // of the families, of all pieces
};

}  // namespace

Path outline_around(const Graph& graph, const std::vector<int>& edges) {
  Canvas canvas(bounds_of(graph, edges));
  for (const int e : edges) canvas.draw(graph.edges[static_cast<std::size_t>(e)].points);
  return canvas.outline();
}

Rim rim_of(const Graph& graph, const std::vector<int>& edges) {
  Rim rim{outline_around(graph, edges), {}};
  Canvas canvas(bounds_of(graph, edges));
  canvas.draw(rim.outline);
  canvas.broaden();
  for (const int e : edges)
    if (canvas.share_drawn(graph.edges[static_cast<std::size_t>(e)].points) > most_of_edge)
      rim.edges.push_back(e);
  return rim;
}

std::vector<int> edges_within(const Graph& graph, const Rim& rim, std::size_t fewest) {
  const std::set<int> around(rim.edges.begin(), rim.edges.end());
  const cv::Rect2f box = bounds_of(rim.outline);
  std::vector<int> within;
  for (std::size_t e = 0; e < graph.edges.size(); ++e)
    if (is_near(graph.edges[e], box) && !around.contains(int(e))) within.push_back(int(e));
  if (within.size() < fewest) return {};
  const Inside inside(rim.outline);
  std::erase_if(within, [&](int e) { return !inside.holds(graph.edges[std::size_t(e)]); });
  return within;
}

// Painted once, as many lines are asked about.
Inside::Inside(const Path& outline) {
  const cv::Rect2f box = bounds_of(outline);
  origin_ = {cvFloor(box.x), cvFloor(box.y)};
  mask_ = cv::Mat::zeros(cvCeil(box.height) + 2, cvCeil(box.width) + 2, CV_8U);
  std::vector<cv::Point> line;
  for (const auto& p : outline) line.emplace_back(cv::Point(p) - origin_);
  cv::fillPoly(mask_, std::vector<std::vector<cv::Point>>{line}, 255);
  cv::polylines(mask_, line, true, 0);
}

bool Inside::holds(const Edge& edge) const {
  const cv::Rect page({}, mask_.size());
  int outside = 0;
  for (const auto& p : resample(edge.points, probes)) {
    const cv::Point at = cv::Point(p) - origin_;
    if ((!page.contains(at) || mask_.at<uchar>(at) == 0) && ++outside > most_outside) return false;
  }
  return true;
}

bool may_be_shaded(const Graph& graph, const std::vector<int>& edges, const std::vector<ShadePiece>& pieces) {
  const cv::Rect2f box = bounds_of(graph, edges);
  std::vector<bool> free;
  for (const ShadePiece& piece : pieces)
    free.push_back(!piece.cornered && box_distance(piece.a, box) < 1 && box_distance(piece.b, box) < 1);
  if (std::ranges::count(free, true) < static_cast<std::ptrdiff_t>(fewest_lines)) return false;
  const auto family = shade_family(pieces, free);
  return family && family->width < about * family->length;
}

std::optional<Shading> shading_in(const Graph& graph, const std::vector<int>& edges, double pen) {
  const Rim rim = rim_of(graph, edges);
  return Shaded(graph, rim, pen).run();
}

}  // namespace doodled::sight
