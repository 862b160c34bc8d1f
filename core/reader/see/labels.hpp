// Small signs beside a raster: numbers of its steps, names of its rows.
#pragma once
#include <vector>

#include "core/reader/see/figure.hpp"
#include "core/reader/see/grid.hpp"

namespace doodled::sight {

// Which figures are such: no larger than a cell, or beside rows a word as long as four, where three rows or
// columns have one (or all there are).
std::vector<bool> find_labels(const std::vector<Figure>& figures, const GridFound& grid);

}  // namespace doodled::sight
