// Figures that touch each other in one place.
#pragma once
#include "core/reader/see/graph.hpp"

namespace doodled::sight {

// Takes closed figures off what they touch, so that each is a connected part of its own: where one that lies
// beside the rest is by itself surely one closed figure, and all of it together is none, nor has that one
// among its figures. So loops of a line, tails and what crosses stay.
void part_touching(Graph& graph, double pen);

}  // namespace doodled::sight
