#include "core/reader/see/framed.hpp"

#include <algorithm>
#include <set>

#include "core/reader/see/figure.hpp"

namespace doodled::sight {
namespace {

constexpr int fewest = 3;            // figures
constexpr double least_room = 0.15;  // of all of it is the largest area: cells of a table are smaller
constexpr double most_area = 0.25;   // of all of it: lanes are larger
constexpr double most_shared = 0.2;  // of a figure's lines

std::set<int> rim_of(const Block& block) { return {block.outer.edges.begin(), block.outer.edges.end()}; }

double share_on(const std::set<int>& rim, const Graph& graph, const Face& face) {
  double all = 0, shared = 0;
  for (const int e : face.edges) {
    const double length = graph.edges[static_cast<std::size_t>(e)].length;
    all += length, shared += rim.contains(e) ? length : 0;
  }
  return shared / all;
}

}  // namespace

bool is_framed(const Graph& graph, const Block& block, double pen) {
  const double all = block.outer.area;
  if (block.faces.size() <= fewest || block.faces.front().area < least_room * all ||
      !well_formed(closed_figure(block.outer.outline)))
    return false;
  const auto rim = rim_of(block);
  const auto is_inside = [&](const Face& face) {
    return face.area >= letter_area * pen * pen && face.area <= most_area * all &&
           share_on(rim, graph, face) < most_shared && well_formed(closed_figure(face.outline));
  };
  return std::ranges::count_if(block.faces, is_inside) >= fewest;
}

std::vector<std::vector<int>> inside_of(const Graph& graph, const Block& block) {
  const auto rim = rim_of(block);
  std::vector<int> inside;
  std::ranges::copy_if(block.edges, std::back_inserter(inside), [&](int e) { return !rim.contains(e); });
  return connected(graph, inside);
}

}  // namespace doodled::sight
