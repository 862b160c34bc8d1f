// Groups: the parts of a drawing that lie so close to each other that they may be one figure.
#pragma once
#include <vector>

#include "core/reader/see/graph.hpp"

namespace doodled::sight {

struct Group {
  std::vector<std::vector<int>> parts;  // edges of each connected part
  Path points;                          // of all its lines, a few pixels apart
  cv::Rect2f box;
  double ink_length = 0;
};

// Some edges as a group of one part.
Group group_of(const Graph& graph, const std::vector<int>& edges);

// Wider than what one straight or nearly straight line leaves.
bool is_broad(const Group& group);

// Parts belong together when the gap between them is at most a quarter of the smaller one's extent (of three
// pens for dots and dashes), unless they are two figures side by side: both broader than a line, neither with
// ink more than a pen deep in the other's convex hull, and no loose end of one near one of the other. Longest
// ink first; a page of more than 200 parts is a crowd, and has no groups.
std::vector<Group> groups_of(const Graph& graph, double pen);

}  // namespace doodled::sight
