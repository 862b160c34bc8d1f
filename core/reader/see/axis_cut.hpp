// What is left of a drawing without its axes.
#pragma once
#include <optional>

#include "core/reader/see/axis_line.hpp"

namespace doodled::sight {

// The graph without the lines that lie on the axes and the small things that hang on them. Lines that cross
// an axis, or touch it and come back, are led through; those that end at it keep their ends. Nothing for a
// page on which the axes would cut too many lines.
std::optional<Graph> without_axes(const Graph& graph, const Axes& axes, double pen);

}  // namespace doodled::sight
