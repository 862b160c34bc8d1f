#include "core/reader/see/framed_curve.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/figure.hpp"
#include "core/reader/see/judge.hpp"
#include "core/reader/see/shaded.hpp"
#include "core/reader/see/trace.hpp"

namespace doodled::sight {
namespace {

constexpr double sure = 0.85;          // to be a rectangle
constexpr double most_lean = 7;        // degrees of its sides
constexpr double least_full = 0.77;    // of the box around a box that leans so
constexpr double corner = 0.2;         // of its larger side: nearer to the corners comes no circle
constexpr double least_size = 40;      // pens, of the box
constexpr double least_across = 0.6;   // of the box's width
constexpr double least_swing = 0.12;   // of its height
constexpr double most_overlap = 1.15;  // of its width that the strokes of the curve span, summed up
constexpr double steadiest = 0.8;      // of its way across that leads to the right
constexpr double speck = 0.06;         // of the box's width: what is shorter is no part of the curve
constexpr double most_specks = 0.1;    // of all lines
constexpr double widest_gap = 0.06;    // of the width: between two pieces of the curve

bool is_upright_box(const Path& outline) {
  const cv::Rect2f box = bounds_of(outline);
  const Figure figure = closed_figure(outline);
  if (kind_of(figure.shape_class) != ShapeClass::square || figure.confidence < sure) return false;
  const Path sides = simplify(outline, 0.03 * std::hypot(box.width, box.height), true);
  for (std::size_t i = 0; i < sides.size(); ++i) {
    const cv::Point2f side = sides[(i + 1) % sides.size()] - sides[i];
    const double lean = std::atan2(std::min(std::abs(side.x), std::abs(side.y)),
                                   std::max(std::abs(side.x), std::abs(side.y)));
    if (lean * 180 / CV_PI > most_lean) return false;
  }
  return true;
}

bool reaches_corners(const Path& hull, const cv::Rect2f& box) {
  const double near = corner * std::max(box.width, box.height);
  return std::ranges::all_of(
      std::array{box.tl(), box.br(), cv::Point2f(box.x, box.br().y), cv::Point2f(box.br().x, box.y)},
      [&](cv::Point2f at) { return path_distance(at, hull, true) < near; });
}

// As far as the cuts at its corners tell.
bool may_be_full(const Path& points, const cv::Rect2f& box) {
  double area = box.area();
  for (const double cut : corner_cuts(points)) {
    if (cut > std::sqrt(2) * corner * std::max(box.width, box.height)) return false;
    area -= cut * cut / 2;
  }
  return area > least_full * box.area();
}

// Large enough, full to the corners, and with another line in it: asked before its outline is drawn.
bool may_be_framed(const Graph& graph, const std::vector<int>& part, double pen) {
  const cv::Rect2f box = bounds_of(graph, part);
  if (box.width < least_size * pen || box.height < least_size * pen / 2) return false;
  const auto is_near = [&](const Edge& edge) {
    return !edge.gone && box_distance(edge.points.front(), box) <= 0 &&
           box_distance(edge.points.back(), box) <= 0;
  };
  if (std::ranges::count_if(graph.edges, is_near) < 2) return false;
  Path points;
  for (const int e : part)
    points.insert(points.end(), graph.edges[std::size_t(e)].points.begin(),
                  graph.edges[std::size_t(e)].points.end());
  if (!may_be_full(points, box)) return false;
  const Path hull = hull_of(points);
  return std::abs(signed_area(hull)) > least_full * box.area() && reaches_corners(hull, box);
}

bool is_steady(const Stroke& stroke) {
  double way = 0;
  for (std::size_t i = 1; i < stroke.points.size(); ++i)
    way += std::abs(stroke.points[i].x - stroke.points[i - 1].x);
  return !stroke.closed && stroke.points.back().x - stroke.points.front().x > steadiest * way;
}

// The strokes of the curve from left to right, none where there is anything else.
std::vector<Stroke> curve_of(std::vector<Stroke> strokes, const cv::Rect2f& frame) {
  double across = 0, specks = 0, all = 0;
  cv::Rect2f box;
  std::vector<Stroke> curve;
  for (Stroke& stroke : strokes) {
    all += stroke.length;
    if (stroke.length < speck * frame.width) {
      specks += stroke.length;
      continue;
    }
    if (!is_steady(stroke)) return {};
    const cv::Rect2f own = bounds_of(stroke.points);
    across += own.width;
    box |= own;
    curve.push_back(std::move(stroke));
  }
  const bool clear = box.width > least_across * frame.width && across < most_overlap * box.width &&
                     box.height > least_swing * frame.height && specks < most_specks * all;
  if (!clear) return {};
  std::ranges::stable_sort(curve, {}, [](const Stroke& stroke) { return stroke.points.front().x; });
  return curve;
}

// Takes the strokes from one graph to the other, where they keep the nodes that they share.
void move_strokes(Graph& from, const std::vector<Stroke>& strokes, double gap, Graph& to) {
  std::map<int, int> nodes;
  const auto node = [&](int n) {
    const auto [at, is_new] = nodes.emplace(n, int(to.nodes.size()));
    if (is_new) to.nodes.push_back({from.nodes[std::size_t(n)].at, {}});
    return at->second;
  };
  for (const Stroke& stroke : strokes)
    for (const int e : stroke.edges) {
      Edge edge = from.edges[std::size_t(e)];
      take_out(from, e);
      edge.a = node(edge.a), edge.b = node(edge.b);
      for (const int n : {edge.a, edge.b}) to.nodes[std::size_t(n)].edges.push_back(int(to.edges.size()));
      to.edges.push_back(std::move(edge));
    }
  for (std::size_t i = 1; i < strokes.size(); ++i)
    if (strokes[i - 1].last != strokes[i].first &&
        distance(strokes[i - 1].points.back(), strokes[i].points.front()) < gap)
      link(to, node(strokes[i - 1].last), node(strokes[i].first));
}

}  // namespace

Graph take_framed_curves(Graph& graph, double pen) {
  Graph curves;
  for (const auto& part : edges_by_part(graph)) {
    if (!may_be_framed(graph, part, pen)) continue;
    const cv::Rect2f frame = bounds_of(graph, part);
    const Rim rim = rim_of(graph, part);
    const auto inside = edges_within(graph, rim);
    if (inside.empty() || !is_upright_box(rim.outline)) continue;
    const auto curve = curve_of(trace(graph, inside, pen), frame);
    if (curve.empty()) continue;
    move_strokes(graph, curve, widest_gap * frame.width, curves);
    for (const int speck : inside)
      if (!graph.edges[std::size_t(speck)].gone) take_out(graph, speck);
  }
  return curves;
}

}  // namespace doodled::sight
