// Figures that are shaded with lines, whether these stop short of the outline, reach it or run over it.
#pragma once
#include <vector>

#include "core/reader/see/figure.hpp"
#include "core/reader/see/graph.hpp"

namespace doodled::sight {

// Takes the lines that shade closed outlines out of the graph, so that the outlines are left, and gives the
// shaded areas: nearly all lines in such an outline run in one direction or in two, side by side.
std::vector<Figure> take_shading(Graph& graph, double pen);

}  // namespace doodled::sight
