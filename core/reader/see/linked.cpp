#include "core/reader/see/linked.hpp"

#include "core/reader/see/figure.hpp"
#include "core/reader/see/judge.hpp"

namespace doodled::sight {
namespace {

constexpr double least_figure = 64;  // squared pens
constexpr double most_shared = 0.7;  // of the lines around what lies between the figures, with those

bool is_figure(const Face& face) { return well_formed(closed_figure(face.outline)); }

// What is divided by lines is one figure, as a table is.
bool is_frame(const Face& face) {
  const Figure figure = closed_figure(face.outline);
  return well_formed(figure) && kind_of(figure.shape_class) == ShapeClass::square;
}

}  // namespace

int meetings(const Face& face, const std::set<int>& others) {
  int count = 0;
  for (std::size_t i = 0; i < face.edges.size(); ++i)
    count += others.contains(face.edges[i]) && !others.contains(face.edges[(i + 1) % face.edges.size()]);
  return count;
}

bool is_linked(const Graph& graph, const Block& block, double pen) {
  if (block.faces.size() < 3 || is_frame(block.outer) || is_figure(block.faces.front())) return false;
  std::set<int> theirs;
  double area = 0;
  for (std::size_t f = 1; f < block.faces.size(); ++f) {
    const Face& face = block.faces[f];
    if (face.area < least_figure * pen * pen || !is_figure(face)) continue;
    theirs.insert(face.edges.begin(), face.edges.end());
    area += face.area;
  }
  const Face& between = block.faces.front();
  double all = 0, shared = 0;
  for (const int e : between.edges) {
    const double length = graph.edges[static_cast<std::size_t>(e)].length;
    all += length, shared += theirs.contains(e) ? length : 0;
  }
  return between.area > area && meetings(between, theirs) > 1 && shared < most_shared * all;
}

}  // namespace doodled::sight
