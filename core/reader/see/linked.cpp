#include "core/reader/see/linked.hpp"

#include <algorithm>
#include <ranges>

#include "core/reader/see/figure.hpp"
#include "core/reader/see/judge.hpp"

namespace doodled::sight {
namespace {

constexpr double most_shared = 0.7;  // of the lines around what lies between the figures, with those

bool is_figure(const Face& face) { return is_target(closed_figure(face.outline)); }

// What is divided by lines is one figure, as a table is.
bool is_frame(const Face& face) {
  const Figure figure = closed_figure(face.outline);
  return well_formed(figure) && kind_of(figure.shape_class) == ShapeClass::square;
}

int node_between(const Graph& graph, int first, int second) {
  const Edge &one = graph.edges[static_cast<std::size_t>(first)],
             &other = graph.edges[static_cast<std::size_t>(second)];
  return one.a == other.a || one.a == other.b ? one.a : one.b;
}

// Three figures or more, hardly any of whose lines is another's, too, and an area that two of them border on:
// no pieces of one figure.
bool is_net(const Graph& graph, const Block& block, double pen) {
  constexpr int fewest = 3;
  constexpr double most_common = 0.15;  // of the figures' lines
  std::set<int> theirs;
  int figures = 0;
  double all = 0, common = 0;
  for (const Face& face : std::views::reverse(block.faces)) {
    if (!is_large(face, pen) || !is_compact(face) || !is_figure(face) || meetings(graph, face, theirs) > 1)
      continue;
    ++figures;
    for (const int e : face.edges) {
      const double length = graph.edges[static_cast<std::size_t>(e)].length;
      all += length, common += theirs.insert(e).second ? 0 : length;
    }
  }
  return figures >= fewest && common < most_common * all &&
         std::ranges::any_of(block.faces,
                             [&](const Face& face) { return meetings(graph, face, theirs) > 1; });
}

}  // namespace

bool is_large(const Face& face, double pen) {
  return bounds_of(face.outline).area() >= letter_area * pen * pen;
}

bool is_compact(const Face& face) {
  constexpr double least = 0.45;  // 1 for a circle, 0.5 for a box that is four times as long as high
  const double around = length_of(face.outline, true);
  return 4 * CV_PI * face.area >= least * around * around ||
         closed_figure(face.outline).shape_class == ShapeClass::star;
}

bool is_target(const Figure& figure) {
  constexpr double sure = 0.9;
  return well_formed(figure) || (figure.shape_class == ShapeClass::polygon && figure.confidence > sure);
}

int meetings(const Graph& graph, const Face& face, const std::set<int>& others) {
  const auto nodes = nodes_of(graph, {others.begin(), others.end()});
  int count = 0;
  for (std::size_t i = 0; i < face.edges.size(); ++i) {
    const int here = face.edges[i], next = face.edges[(i + 1) % face.edges.size()];
    if (others.contains(next)) continue;
    count += others.contains(here) || nodes.contains(node_between(graph, here, next));
  }
  return count;
}

bool is_linked(const Graph& graph, const Block& block, double pen) {
  if (block.faces.size() < 3) return false;
  if (is_net(graph, block, pen)) return true;
  if (is_frame(block.outer)) return false;
  std::set<int> theirs;
  double area = 0;
  for (std::size_t f = 1; f < block.faces.size(); ++f) {
    const Face& face = block.faces[f];
    if (!is_large(face, pen) || !is_figure(face)) continue;
    theirs.insert(face.edges.begin(), face.edges.end());
    area += face.area;
  }
  const Face& between = block.faces.front();
  double all = 0, shared = 0;
  for (const int e : between.edges) {
    const double length = graph.edges[static_cast<std::size_t>(e)].length;
    all += length, shared += theirs.contains(e) ? length : 0;
  }
  // An area with a form of its own is likelier a figure.
  const int fewest = is_figure(between) ? 3 : 2;
  return between.area > area && meetings(graph, between, theirs) >= fewest && shared < most_shared * all;
}

}  // namespace doodled::sight
