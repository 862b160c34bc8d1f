#pragma once
#include "core/reader/see/figure.hpp"

namespace doodled::sight {

// Finds the figures on a page from the graph of its centre lines, largest first. `pen` is the stroke width.
std::vector<Figure> find_figures(const Graph& graph, double pen);

// The same by the rules for single figures alone, without the second look at each group (judge.hpp).
std::vector<Figure> figures_by_rules(const Graph& graph, double pen);

}  // namespace doodled::sight
