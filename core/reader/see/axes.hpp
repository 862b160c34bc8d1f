// The axes that a curve was drawn on: not music, but what it is measured by.
#pragma once
#include <optional>

#include "core/reader/see/graph.hpp"

namespace doodled::sight {

// Takes two straight lines, one across the page and one up and down it, that meet and that a third line was
// drawn along, out of the graph, with their ticks and heads. The third line is led through where it crosses
// or touches them. Gives by how many radians, clockwise, the axes lean; nothing, and the graph as it was,
// where there are no such lines.
std::optional<double> take_axes(Graph& graph, double pen);

}  // namespace doodled::sight
