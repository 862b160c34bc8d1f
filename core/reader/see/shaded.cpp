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

std::vector<cv::Point> pixels_of(const Edge& edge, cv::Point origin) {
  std::vector<cv::Point> pixels;
  for (const auto& p : edge.points) pixels.push_back(cv::Point(p) - origin);
  return pixels;
}

// Most steps lead to a pixel's neighbour, which needs no drawing.
void draw(const std::vector<cv::Point>& pixels, cv::Mat& mask) {
  const cv::Rect page({}, mask.size());
  for (std::size_t i = 0; i < pixels.size(); ++i) {
    if (page.contains(pixels[i])) mask.at<uchar>(pixels[i]) = 255;
    const cv::Point step = i > 0 ? pixels[i] - pixels[i - 1] : cv::Point();
    if (std::max(std::abs(step.x), std::abs(step.y)) > 1) cv::line(mask, pixels[i - 1], pixels[i], 255);
  }
}

// The lines in one outline.
class Shaded {
 public:
  Shaded(const Graph& graph, const Rim& rim, double pen)
      : graph_(graph),
        pen_(pen),
        outline_(simplify(rim.outline, 0.3 * pen, true)),
        inside_(edges_within(graph, rim)) {}

  std::optional<Shading> run() {
    if (inside_.size() < fewest_lines) return std::nullopt;
    pieces_ = shade_pieces(graph_, inside_, pen_);
    if (pieces_.size() < fewest_lines || pieces_.size() > most_pieces) return std::nullopt;
    find_families();
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

  // Side by side so closely, so many of all that lies inside, and over enough of it.
  bool are_shading() const {
    if (families_.empty() || length_ < least_share * all_ || !cover()) return false;
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
  Path outline_;
  std::vector<int> inside_;
  std::vector<ShadePiece> pieces_;
  std::vector<ShadeFamily> families_;
  double length_ = 0, all_ = 0;  // of the families, of all pieces
};

}  // namespace

Rim rim_of(const Graph& graph, const std::vector<int>& edges) {
  const cv::Rect2f bounds = bounds_of(graph, edges);
  const cv::Point origin(cvFloor(bounds.x) - 2, cvFloor(bounds.y) - 2);
  cv::Mat drawn = cv::Mat::zeros(cvCeil(bounds.height) + 5, cvCeil(bounds.width) + 5, CV_8U);
  const auto pixels = [&](int e) { return pixels_of(graph.edges[static_cast<std::size_t>(e)], origin); };
  for (const int e : edges) draw(pixels(e), drawn);
  std::vector<std::vector<cv::Point>> contours;
  cv::findContours(drawn, contours, cv::RETR_EXTERNAL, cv::CHAIN_APPROX_NONE);
  const auto longest = std::ranges::max_element(contours, {}, [](const auto& line) { return line.size(); });
  const cv::Rect page({}, drawn.size());
  Rim rim;
  if (longest == contours.end()) return rim;
  for (const auto& p : *longest) rim.outline.emplace_back(p + origin);
  drawn.setTo(0);
  draw(*longest, drawn);
  cv::dilate(drawn, drawn, cv::Mat());
  for (const int e : edges) {
    const auto line = pixels(e);
    const auto on =
        std::ranges::count_if(line, [&](cv::Point p) { return page.contains(p) && drawn.at<uchar>(p) != 0; });
    if (double(on) > most_of_edge * double(line.size())) rim.edges.push_back(e);
  }
  return rim;
}

std::vector<int> edges_within(const Graph& graph, const Rim& rim) {
  const std::set<int> around(rim.edges.begin(), rim.edges.end());
  const Inside inside(rim.outline);
  const cv::Rect2f box = bounds_of(rim.outline);
  std::vector<int> within;
  for (std::size_t e = 0; e < graph.edges.size(); ++e)
    if (is_near(graph.edges[e], box) && !around.contains(int(e)) && inside.holds(graph.edges[e]))
      within.push_back(int(e));
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
  return Shaded(graph, rim_of(graph, edges), pen).run();
}

}  // namespace doodled::sight
