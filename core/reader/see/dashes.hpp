// Dashed lines.
#pragma once
#include "core/reader/see/graph.hpp"

namespace doodled::sight {

// Short lines of like length that follow each other in their direction, at gaps no longer than they are,
// become one line, if they are five or more.
void join_dashes(Graph& graph, double pen);

}  // namespace doodled::sight
