// Figures within an outline that they, or the lines between them, touch.
#pragma once
#include "core/reader/see/faces.hpp"

namespace doodled::sight {

// Its outline is a good figure, and three figures or more lie in it that hardly share a line with it: no
// table, and no figure with overshoot.
bool is_framed(const Graph& graph, const Block& block, double pen);

// The lines that are not the outline's, by what hangs together.
std::vector<std::vector<int>> inside_of(const Graph& graph, const Block& block);

}  // namespace doodled::sight
