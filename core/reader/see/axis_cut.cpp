#include "core/reader/see/axis_cut.hpp"

#include <algorithm>
#include <cmath>

namespace doodled::sight {
namespace {

constexpr std::size_t most_cut = 200;  // ends of lines: a page full of things
constexpr double attached = 0.09;      // of an axis: what hangs on it and spans no more is a part of it
constexpr double straight_on = 50;     // degrees a line may turn where it crosses an axis
constexpr double touching = 0.1;       // of the axis that a line may run along it and come back

// Where an axis cut a line.
struct CutEnd {
  int node = -1, edge = -1;
  bool at_b = false;
  std::size_t axis = 0;
  cv::Point2f at, way;  // of the line, towards the axis
  Path rest;            // what was cut off, to where it is nearest to the axis
  bool joined = false;
};

// The graph without the lines that lie on the axes.
class Cutter {
 public:
  Cutter(const Graph& graph, const Axes& axes, double pen) : graph_(graph), axes_(axes), pen_(pen) {
    for (const Node& node : graph.nodes) rest.nodes.push_back({node.at, {}});
    for (const Edge& edge : graph.edges)
      if (!edge.gone) cut(edge);
  }

  Graph rest;
  std::vector<CutEnd> ends;

 private:
  const AxisLine* axis_at(cv::Point2f p) const {
    const auto axis = std::ranges::find_if(axes_, [&](const AxisLine& a) { return a.holds(p); });
    return axis == axes_.end() ? nullptr : &*axis;
  }
  void cut(const Edge& edge) {
    const Path& points = edge.points;
    for (std::size_t i = 0; i < points.size();) {
      std::size_t until = i;
      while (until < points.size() && !axis_at(points[until])) ++until;
      if (until > i + 1) keep(edge, i, until);
      i = until;
      while (i < points.size() && axis_at(points[i])) ++i;
    }
  }
  // Its points from one to before another.
  void keep(const Edge& edge, std::size_t from, std::size_t until) {
    const bool starts = from == 0, stops = until == edge.points.size();
    Edge kept{
        starts ? edge.a : -1, stops ? edge.b : -1,
        Path(edge.points.begin() + static_cast<long>(from), edge.points.begin() + static_cast<long>(until)),
        0, false};
    kept.length = length_of(kept.points);
    const Path before(edge.points.rend() - static_cast<long>(from), edge.points.rend()),
        after(edge.points.begin() + static_cast<long>(until), edge.points.end());
    const int index = static_cast<int>(rest.edges.size());
    if (!starts) kept.a = add_end(index, false, Path(kept.points.rbegin(), kept.points.rend()), before);
    if (!stops) kept.b = add_end(index, true, kept.points, after);
    for (const int node : {kept.a, kept.b}) rest.nodes[static_cast<std::size_t>(node)].edges.push_back(index);
    rest.edges.push_back(std::move(kept));
  }
  // A new node where `line` ends at an axis; `beyond` is how it went on.
  int add_end(int edge, bool at_b, const Path& line, const Path& beyond) {
    const AxisLine* axis = axis_at(beyond.front());
    std::size_t back = line.size() - 1;
    while (back > 0 && distance(line[back], line.back()) < 5 * pen_) --back;
    CutEnd end{static_cast<int>(rest.nodes.size()),
               edge,
               at_b,
               static_cast<std::size_t>(axis - axes_.data()),
               line.back(),
               unit(line.back() - line[back]),
               {}};
    for (double nearest = axis->reach; const cv::Point2f p : beyond) {
      if (nearest < pen_ / 2 || std::abs(axis->beside(p)) > nearest || distance(p, end.at) > 3 * axis->reach)
        break;
      nearest = std::abs(axis->beside(p));
      end.rest.push_back(p);
    }
    rest.nodes.push_back({end.at, {}});
    ends.push_back(end);
    return end.node;
  }

  const Graph& graph_;
  const Axes& axes_;
  double pen_;
};

// Leads the lines that an axis cut through it, the nearest ends first.
class Joiner {
 public:
  Joiner(Graph& graph, std::vector<CutEnd>& ends, const Axes& axes)
      : graph_(graph), ends_(ends), axes_(axes) {}

  void run() {
    struct Pair {
      double gap;
      CutEnd *a, *b;
    };
    std::vector<Pair> pairs;
    for (CutEnd& a : ends_)
      for (CutEnd& b : ends_)
        if (&a < &b && (go_on(a, b) || touch(a, b))) pairs.push_back({distance(a.at, b.at), &a, &b});
    std::ranges::stable_sort(pairs, {}, &Pair::gap);
    for (const Pair& pair : pairs)
      if (!pair.a->joined && !pair.b->joined) join(*pair.a, *pair.b);
    for (const CutEnd& end : ends_)
      if (!end.joined) give_back(end);
  }

 private:
  bool lead_to_each_other(const CutEnd& a, const CutEnd& b, double most) const {
    const cv::Point2f d = b.at - a.at;
    return a.axis == b.axis && angle_between(a.way, d) < most && angle_between(b.way, -d) < most;
  }
  bool on_one_side(const CutEnd& a, const CutEnd& b) const {
    const AxisLine& axis = axes_[a.axis];
    return axis.beside(a.at) * axis.beside(b.at) > 0;
  }
  bool go_on(const CutEnd& a, const CutEnd& b) const {
    return lead_to_each_other(a, b, straight_on) && !on_one_side(a, b) &&
           distance(a.at, b.at) < 12 * axes_[a.axis].reach;
  }
  bool touch(const CutEnd& a, const CutEnd& b) const {
    return lead_to_each_other(a, b, 85) && on_one_side(a, b) &&
           distance(a.at, b.at) < touching * axes_[a.axis].length();
  }
  void join(CutEnd& a, CutEnd& b) {
    a.joined = b.joined = true;
    link(graph_, a.node, b.node);
  }
  // A line that ends at an axis ends there.
  void give_back(const CutEnd& end) {
    if (end.rest.empty()) return;
    Edge& edge = graph_.edges[static_cast<std::size_t>(end.edge)];
    if (end.at_b)
      edge.points.insert(edge.points.end(), end.rest.begin(), end.rest.end());
    else
      edge.points.insert(edge.points.begin(), end.rest.rbegin(), end.rest.rend());
    edge.length = length_of(edge.points);
    graph_.nodes[static_cast<std::size_t>(end.node)].at = end.rest.back();
  }

  Graph& graph_;
  std::vector<CutEnd>& ends_;
  const Axes& axes_;
};

// Small things that hung on an axis: ticks and heads.
void drop_attached(Graph& graph, const std::vector<CutEnd>& ends, const Axes& axes) {
  const double most = attached * std::max(axes[0].length(), axes[1].length());
  std::vector<bool> cut(graph.nodes.size(), false);
  for (const CutEnd& end : ends) cut[static_cast<std::size_t>(end.node)] = true;
  for (const auto& part : edges_by_part(graph)) {
    const cv::Rect2f box = bounds_of(graph, part);
    const bool hung = std::ranges::any_of(part, [&](int e) {
      const Edge& edge = graph.edges[static_cast<std::size_t>(e)];
      return cut[static_cast<std::size_t>(edge.a)] || cut[static_cast<std::size_t>(edge.b)];
    });
    if (!hung || std::hypot(box.width, box.height) > most) continue;
    for (const int e : part) {
      Edge& edge = graph.edges[static_cast<std::size_t>(e)];
      edge.gone = true;
      for (const int node : {edge.a, edge.b}) graph.nodes[static_cast<std::size_t>(node)].edges.clear();
    }
  }
}

}  // namespace

std::optional<Graph> without_axes(const Graph& graph, const Axes& axes, double pen) {
  Cutter cutter(graph, axes, pen);
  if (cutter.ends.size() > most_cut) return std::nullopt;
  Joiner(cutter.rest, cutter.ends, axes).run();
  drop_attached(cutter.rest, cutter.ends, axes);
  return std::move(cutter.rest);
}

}  // namespace doodled::sight
