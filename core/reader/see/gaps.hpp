// Gaps that a hand leaves where lines should meet.
#pragma once
#include "core/reader/see/graph.hpp"

namespace doodled::sight {

// Adds straight edges between loose ends that were meant to meet: nearest to each other, close for the length
// of their lines, and either going on in the same direction or meeting in a corner near the gap. A loose end
// that stops just short of another line is led on to it.
void close_gaps(Graph& graph, double pen);

}  // namespace doodled::sight
