#include "core/reader/see/gaps.hpp"

#include <algorithm>
#include <cmath>

namespace doodled::sight {
namespace {

constexpr double widest_gap = 0.28;  // of the shorter line's length
constexpr double longest_gap = 10;   // pen widths: farther apart, two lines are two figures
constexpr double short_stop = 1.2;   // pen widths before another line,
constexpr double astray = 50;        // degrees off the way there,
constexpr double least_line = 4;     // pen widths of that line
constexpr double dash_stop = 1.3;    // so many of its gaps a row of dashes stops short of what it leads to,
constexpr double dash_astray = 30;   // degrees off the way there,
constexpr double least_branch = 1;   // pen widths of that line, which may be a branch in a painted head

struct Loose {
  int node = -1, edge = -1;
  cv::Point2f at, way;  // where it ends and where it was going
  double length = 0;    // of its line
};

class GapCloser {
 public:
  GapCloser(Graph& graph, double pen) : graph_(graph), pen_(pen) {
    for (std::size_t n = 0; n < graph.nodes.size(); ++n)
      if (graph.nodes[n].degree() == 1) ends_.push_back(loose(static_cast<int>(n)));
    for (const Edge& edge : graph.edges) boxes_.push_back(bounds_of(edge.points));
  }

  void run() {
    const auto partners = nearest_partners();
    for (std::size_t i = 0; i < ends_.size(); ++i) {
      const int j = partners[i];
      if (j > static_cast<int>(i) && partners[std::size_t(j)] == static_cast<int>(i))
        link(ends_[i].node, ends_[std::size_t(j)].node);
    }
    for (const Loose& end : ends_)
      if (graph_.nodes[std::size_t(end.node)].degree() == 1 && end.length > 8 * pen_) lead_on(end);
  }

 private:
  Loose loose(int n) const {
    const Node& node = graph_.nodes[std::size_t(n)];
    const Edge& edge = graph_.edges[std::size_t(node.edges[0])];
    const auto count = edge.points.size();
    const auto point = [&](std::size_t i) { return edge.points[edge.a == n ? i : count - 1 - i]; };
    std::size_t i = 0;
    while (i + 1 < count && distance(point(0), point(i)) < std::max(6.0, std::min(5 * pen_, edge.length / 3)))
      ++i;
    return {n, node.edges[0], node.at, unit(point(0) - point(i)), edge.length};
  }

  double widest(double length) const { return std::clamp(widest_gap * length, 2 * pen_, longest_gap * pen_); }

  std::vector<int> nearest_partners() const {
    std::vector<int> partners(ends_.size(), -1);
    for (std::size_t i = 0; i < ends_.size(); ++i) {
      double nearest = 1e30;
      const double reach = widest(ends_[i].length);
      for (std::size_t j = 0; j < ends_.size(); ++j) {
        const cv::Point2f d = ends_[j].at - ends_[i].at;
        if (std::abs(d.x) > reach || std::abs(d.y) > reach) continue;
        const double gap = distance(ends_[i].at, ends_[j].at);
        if (j == i || gap >= nearest || !meant_to_meet(ends_[i], ends_[j], gap)) continue;
        nearest = gap;
        partners[i] = static_cast<int>(j);
      }
    }
    return partners;
  }
  bool meant_to_meet(const Loose& a, const Loose& b, double gap) const {
    // Whether a single line closes is told by its form, later.
    if (a.edge == b.edge) return gap < std::min(2 * pen_, a.length / 2);
    const double shorter = std::min(a.length, b.length);
    if (gap > widest(shorter)) return false;
    if (shorter < 4 * pen_ && gap > 2 * pen_) return false;
    if (gap < 1.5 * pen_) return true;
    const cv::Point2f across = unit(b.at - a.at);
    const double off_a = angle_between(a.way, across), off_b = angle_between(b.way, -across);
    if (off_a < 40 && off_b < 40) return true;
    const auto corner = meeting(a.at, a.way, b.at, b.way);
    return corner && distance(*corner, a.at) < 1.3 * gap && distance(*corner, b.at) < 1.3 * gap &&
           is_free(a, *corner, b) && is_free(b, *corner, a);
  }
  // No line has a corner beyond another one: it ends before that.
  bool is_free(const Loose& end, cv::Point2f corner, const Loose& partner) const {
    const double way = distance(end.at, corner);
    const auto lies_there = [&](cv::Point2f p) { return segment_distance(p, end.at, corner) < 1; };
    for (int e = 0; e < static_cast<int>(boxes_.size()); ++e) {
      const Edge& edge = graph_.edges[std::size_t(e)];
      if (edge.gone || e == end.edge || e == partner.edge || !near(boxes_[std::size_t(e)], end.at, way))
        continue;
      if (std::ranges::any_of(edge.points, lies_there)) return false;
    }
    return true;
  }

  static bool near(const cv::Rect2f& box, cv::Point2f p, double reach) {
    return p.x > box.x - reach && p.y > box.y - reach && p.x < box.x + box.width + reach &&
           p.y < box.y + box.height + reach;
  }

  void link(int a, int b) {
    sight::link(graph_, a, b);
    boxes_.push_back(bounds_of(graph_.edges.back().points));
  }

  struct Reach {
    double far, astray, least_line;
  };
  Reach reach_of(const Loose& end) const {
    const Edge& edge = graph_.edges[std::size_t(end.edge)];
    const double stop = std::max(short_stop * pen_, std::min(0.08 * end.length, 4 * pen_));
    if (!edge.dashed) return {stop, astray, least_line * pen_};
    double gap = 0;
    for (std::size_t i = 1; i < edge.points.size(); ++i)
      gap = std::max(gap, distance(edge.points[i - 1], edge.points[i]));
    return {std::max(stop, dash_stop * gap), dash_astray, least_branch * pen_};
  }
  void lead_on(const Loose& end) {
    const Reach reach = reach_of(end);
    double nearest = reach.far;
    int at_edge = -1;
    std::size_t at_point = 0;
    for (std::size_t e = 0; e < graph_.edges.size(); ++e) {
      if (!near(boxes_[e], end.at, nearest)) continue;
      const Edge& edge = graph_.edges[e];
      if (edge.gone || static_cast<int>(e) == end.edge || edge.length < reach.least_line) continue;
      for (std::size_t i = 0; i < edge.points.size(); ++i) {
        const cv::Point2f d = edge.points[i] - end.at;
        const double gap = std::hypot(d.x, d.y);
        if (gap >= nearest || angle_between(end.way, d) > reach.astray) continue;
        nearest = gap;
        at_edge = static_cast<int>(e);
        at_point = i;
      }
    }
    if (at_edge < 0) return;
    if (const int there = split(at_edge, at_point); there != end.node) link(end.node, there);
  }
  // A node in the middle of an edge.
  int split(int e, std::size_t point) {
    const Edge whole = graph_.edges[std::size_t(e)];
    if (point == 0) return whole.a;
    if (point + 1 >= whole.points.size()) return whole.b;
    const int node = static_cast<int>(graph_.nodes.size()), rest = static_cast<int>(graph_.edges.size());
    graph_.nodes.push_back({whole.points[point], {e, rest}});
    Edge& first = graph_.edges[std::size_t(e)];
    first.b = node;
    first.points.resize(point + 1);
    first.length = length_of(first.points);
    Edge second{node, whole.b, Path(whole.points.begin() + static_cast<long>(point), whole.points.end()), 0,
                false};
    second.length = length_of(second.points);
    boxes_.push_back(boxes_[std::size_t(e)]);
    graph_.edges.push_back(std::move(second));
    auto& list = graph_.nodes[std::size_t(whole.b)].edges;
    *std::find(list.rbegin(), list.rend(), e) = rest;
    return node;
  }

  Graph& graph_;
  double pen_;
  std::vector<Loose> ends_;
  std::vector<cv::Rect2f> boxes_;  // of the edges; a split edge keeps the box of the whole
};

}  // namespace

void close_gaps(Graph& graph, double pen) { GapCloser(graph, pen).run(); }

}  // namespace doodled::sight
