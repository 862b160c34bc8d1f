// Cells of a raster that were painted together.
#pragma once
#include "core/reader/see/grid.hpp"

namespace doodled::sight {

// Broad areas pass for darker paper, so the cells in them seem empty. Those are full that are far darker than
// the lightest empty cells of the raster, or darker and of another colour. `page` is what the raster was
// found on, ink darker than paper.
void fill_painted_cells(GridFound& grid, const cv::Mat& page);

}  // namespace doodled::sight
