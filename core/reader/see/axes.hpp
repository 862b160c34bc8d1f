// The axes that a curve was drawn on: not music, but what it is measured by.
#pragma once
#include "core/reader/see/graph.hpp"

namespace doodled::sight {

// Takes two straight lines, one across the page and one up and down it, that meet and that a third line was
// drawn along, out of the graph, with their ticks and heads. The third line is led through where it crosses
// or touches them. False, and the graph as it was, where there are no such lines.
bool take_axes(Graph& graph, double pen);

}  // namespace doodled::sight
