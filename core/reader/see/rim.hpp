// What is left of the ground along the sides of a sheet that was cut out.
#pragma once
#include <vector>

#include "core/reader/see/pieces.hpp"

namespace doodled::sight {

// Pieces that keep within the outermost 4 % of the sheet along one side, or touch a side along a sixth of it.
std::vector<bool> find_rim(const Pieces& pieces, cv::Size sheet);

}  // namespace doodled::sight
