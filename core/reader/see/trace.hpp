// Strokes as a hand draws them: through crossings they go on in their direction.
#pragma once
#include <vector>

#include "core/reader/see/graph.hpp"

namespace doodled::sight {

struct Stroke {
  Path points;
  bool closed = false;
  std::vector<int> edges;                      // of the graph, in order
  int first = -1, last = -1;                   // nodes at its ends
  bool held_first = false, held_last = false;  // something else ends or crosses there, too
  double length = 0;
  bool dashed = false;
  bool stub = false;  // short beside a figure that it touches: overshoot unless it is part of an arrow
};

// Joins the given edges to strokes. At a crossing the two edges that differ least from a straight way are
// joined, unless the way would turn by more than 60 degrees. An open stroke runs from its left end to its
// right one (from the upper one where neither is further left); longest stroke first.
std::vector<Stroke> trace(const Graph& graph, const std::vector<int>& edges, double pen);

}  // namespace doodled::sight
