// Figures that lines join in a circle, as arrows from box to box do: what they enclose is no figure.
#pragma once
#include <set>

#include "core/reader/see/faces.hpp"
#include "core/reader/see/figure.hpp"
#include "core/reader/see/graph.hpp"

namespace doodled::sight {

// The largest area of the block lies between several good figures, and lines of its own as well as of those
// lead around it; or three good figures or more hardly share a line, and another area lies between them.
bool is_linked(const Graph& graph, const Block& block, double pen);

// As large as no letter is, in its box.
bool is_large(const Face& face, double pen);

// Round, or at most four times as long as it is high; a star, too.
bool is_compact(const Face& face);

// Good enough for lines to lead to: a sure polygon, too.
bool is_target(const Figure& figure);

// How often the lines around a face come to those of others, if only in one place.
int meetings(const Graph& graph, const Face& face, const std::set<int>& others);

}  // namespace doodled::sight
