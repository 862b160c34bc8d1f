#pragma once
#include "core/reader/see/figure.hpp"

namespace doodled::sight {

// Finds the figures on a page from its ink and the graph of its centre lines. Largest first.
std::vector<Figure> find_figures(const Ink& ink, const Graph& graph);

}  // namespace doodled::sight
