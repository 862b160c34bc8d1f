#include "core/reader/see/touching.hpp"

#include <algorithm>
#include <iterator>
#include <optional>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/faces.hpp"
#include "core/reader/see/figures.hpp"
#include "core/reader/see/groups.hpp"
#include "core/reader/see/joints.hpp"
#include "core/reader/see/judge.hpp"
#include "core/reader/see/memo.hpp"

namespace doodled::sight {
namespace {

constexpr double least_line = 24;       // pens: less is a loop at a corner
constexpr double least_share = 0.15;    // of the other's line
constexpr double most_within = 0.05;    // of its line in the other's hull,
constexpr double depth = 1.5;           // so many pens deep
constexpr double main_share = 0.8;      // of the lines in one figure: then they show that one
constexpr double sure = 0.65;           // to be the closed figure
constexpr double surer = 0.8;           // where all of it together shows one spiral or line
constexpr double never = 1;             // where it shows one closed figure
constexpr double same_box = 0.8;        // of two boxes together, that they share
constexpr std::size_t most_edges = 40;  // more is a tangle, and takes a stroke 8 ms

double share_within(const Group& group, const Group& other, double pen) {
  Path hull;
  cv::convexHull(other.points, hull);
  const auto deep = [&](cv::Point2f p) { return cv::pointPolygonTest(hull, p, true) > depth * pen; };
  return double(std::ranges::count_if(group.points, deep)) / double(group.points.size());
}

bool are_beside(const Group& a, const Group& b, double pen) {
  const auto [less, more] = std::minmax({a.ink_length, b.ink_length});
  return less > std::max(least_line * pen, least_share * more) && is_broad(a) && is_broad(b) &&
         share_within(a, b, pen) <= most_within && share_within(b, a, pen) <= most_within;
}

// What these lines show when nothing else is on the page, no ink either.
std::vector<Figure> shown_by(Graph graph, const std::vector<int>& edges, double pen) {
  graph.ink.release();
  for (Edge& edge : graph.edges) edge.gone = true;
  for (const int e : edges) graph.edges[static_cast<std::size_t>(e)].gone = false;
  auto figures = figures_by_rules(graph, pen);
  judge(graph, pen, figures);
  return figures;
}

// That is nearly all of them.
const Figure* one_of(const std::vector<Figure>& figures) {
  double ink = 0;
  for (const Figure& figure : figures) ink += figure.ink_length;
  const bool one = !figures.empty() && figures.front().shape_class != ShapeClass::other &&
                   figures.front().ink_length >= main_share * ink;
  return one ? &figures.front() : nullptr;
}

bool is_among(const Figure& figure, const std::vector<Figure>& figures) {
  return std::ranges::any_of(figures, [&](const Figure& other) {
    return other.closed && (figure.box & other.box).area() >= same_box * (figure.box | other.box).area();
  });
}

// One connected part of a graph. What all of it shows is only asked for where something might be taken off.
class Parter {
 public:
  Parter(const Graph& graph, const std::vector<int>& edges, double pen)
      : graph_(graph), edges_(edges), pen_(pen) {}

  std::optional<Graph> run() {
    for (const Joint& joint : joints_of(graph_, edges_, pen_))
      for (std::size_t b = 0; b < joint.branches.size(); ++b)
        if (auto apart = without(joint, b)) return apart;
    return std::nullopt;
  }

 private:
  std::optional<Graph> without(const Joint& joint, std::size_t b) {
    const Branch& branch = joint.branches[b];
    if (branch.ends.size() < 2) return std::nullopt;
    if (!are_beside(group_of(graph_, branch.edges), group_of(graph_, rest_of(joint, b).edges), pen_))
      return std::nullopt;
    Graph apart = graph_;
    take_off(apart, joint, b);
    const auto shown = shown_by(apart, branch.edges, pen_);
    const Figure* figure = one_of(shown);
    const bool clear =
        figure && figure->closed && figure->confidence >= least_confidence() && !is_among(*figure, all());
    return clear ? std::optional(std::move(apart)) : std::nullopt;
  }

  const std::vector<Figure>& all() {
    if (!all_) all_ = shown_by(graph_, edges_, pen_);
    return *all_;
  }

  double least_confidence() {
    const Figure* one = one_of(all());
    return !one ? sure : one->closed ? never : surer;
  }

  const Graph& graph_;
  const std::vector<int>& edges_;
  double pen_;
  std::optional<std::vector<Figure>> all_;
};

// The graph with a figure taken off these edges, if there is one. Mostly there is none, and none after the
// next stroke either.
std::optional<Graph> parted(const Graph& graph, const std::vector<int>& edges, double pen) {
  constexpr std::size_t kept = 128;
  thread_local Memo<bool, kept> memo;
  if (edges.size() < 2 || edges.size() > most_edges) return std::nullopt;
  std::optional<Graph> apart;
  const auto part = [&] {
    apart = Parter(graph, edges, pen).run();
    return apart.has_value();
  };
  if (memo.of(as_path(graph, edges, pen), part) && !apart) part();
  return apart;
}

std::vector<int> still_there(const Graph& graph, std::vector<int> edges) {
  std::erase_if(edges, [&](int e) { return graph.edges[static_cast<std::size_t>(e)].gone; });
  return edges;
}

}  // namespace

void part_touching(Graph& graph, double pen) {
  auto parts = edges_by_part(graph);
  while (!parts.empty()) {
    const auto edges = std::move(parts.back());
    parts.pop_back();
    auto apart = parted(graph, edges, pen);
    if (!apart) continue;
    graph = std::move(*apart);
    std::ranges::move(connected(graph, still_there(graph, edges)), std::back_inserter(parts));
  }
}

}  // namespace doodled::sight
