// A line that was drawn as a function in a box.
#pragma once
#include "core/reader/see/graph.hpp"

namespace doodled::sight {

// Takes lines that run across in a rectangle, and are all that is in it, out of the graph, also where they
// touch it, and gives a graph of them alone: it is empty where there is no such box.
Graph take_framed_curves(Graph& graph, double pen);

}  // namespace doodled::sight
