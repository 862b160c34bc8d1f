// Rasters whose lines are fainter than the marks in them: printed, or drawn with a hard pencil.
#pragma once
#include <optional>

#include "core/reader/see/grid.hpp"

namespace doodled::sight {

// A raster among the ink's lines and the `rims` of what was painted, which hollowed() left; none where those
// are empty.
std::optional<GridFound> find_painted_grid(const cv::Mat& rims, const MarkMasks& masks);

// A raster among all that is darker than the paper's noise, where much of that is beside the ink.
std::optional<GridFound> find_faint_grid(const MarkMasks& masks, const cv::Mat& rims);

}  // namespace doodled::sight
