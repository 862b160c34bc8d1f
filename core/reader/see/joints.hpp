// Places where lines meet, and what hangs on them.
#pragma once
#include <vector>

#include "core/reader/see/graph.hpp"

namespace doodled::sight {

struct LineEnd {
  int edge = -1;
  bool at_b = false;  // at the edge's second node
};

// Lines that hang together when a joint is taken away.
struct Branch {
  std::vector<int> edges;
  std::vector<LineEnd> ends;  // those at the joint
};

// A crossing, or several with hardly any line between them: where lines touch, thinning makes two of one.
struct Joint {
  std::vector<int> within;  // the short edges between its crossings
  std::vector<Branch> branches;
};

// The joints at which a connected part falls into two branches or more.
std::vector<Joint> joints_of(const Graph& graph, const std::vector<int>& edges, double pen);

// Everything but one branch, as one.
Branch rest_of(const Joint& joint, std::size_t branch);

// Ends the hanging together there: the branch and the rest each meet in a node of their own, in the middle
// between their ends.
void take_off(Graph& graph, const Joint& joint, std::size_t branch);

}  // namespace doodled::sight
