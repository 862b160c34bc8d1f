// Several strokes as the one line that they are meant to be.
#pragma once
#include "core/reader/see/groups.hpp"
#include "core/reader/see/path.hpp"

namespace doodled::sight {

// The group's longest stroke, led on at either end through the others, each time to what begins or ends
// nearest; from its left end. Strokes shorter than an eighth of the longest are overshoot and left out. Needs
// a group with a line.
Path one_line(const Graph& graph, const Group& group, double pen);

}  // namespace doodled::sight
