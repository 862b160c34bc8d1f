// Figures that lines join in a circle, as arrows from box to box do: what they enclose is no figure.
#pragma once
#include <set>

#include "core/reader/see/faces.hpp"
#include "core/reader/see/graph.hpp"

namespace doodled::sight {

// The largest area of the block lies between several good figures, and lines of its own as well as of those
// lead around it; or three good figures or more hardly share a line, and another area lies between them.
bool is_linked(const Graph& graph, const Block& block, double pen);

// How often the lines around a face come to those of others.
int meetings(const Face& face, const std::set<int>& others);

}  // namespace doodled::sight
