// Lines side by side, among all the lines in an area.
#pragma once
#include <optional>
#include <vector>

#include "core/reader/see/graph.hpp"

namespace doodled::sight {

// A straight run of an edge.
struct ShadePiece {
  int edge = -1;
  cv::Point2f a, b;
  double length = 0;
  bool cornered = false;  // ends where a hand turned a corner, as the side of a figure does
};

struct ShadeFamily {
  cv::Point2f along;                // the way they run, a unit vector
  std::vector<std::size_t> pieces;  // into those that it was looked for in
  double length = 0;                // of all of them
  double step = 0;                  // from one to the next
  double width = 0;                 // from the first to the last
};

// The straight runs of some edges; what is shorter than two pens says nothing of its direction and is left
// out.
std::vector<ShadePiece> shade_pieces(const Graph& graph, const std::vector<int>& edges, double pen);

// Those in the direction that most of their length has, if they are four or more, four of them beside each
// other. `free` tells which may still be in it.
std::optional<ShadeFamily> shade_family(const std::vector<ShadePiece>& pieces, const std::vector<bool>& free);

}  // namespace doodled::sight
