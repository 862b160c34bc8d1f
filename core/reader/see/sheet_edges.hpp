// The edges of a sheet of paper, to a fraction of a pixel.
#pragma once
#include <opencv2/core.hpp>

#include "core/reader/see/path.hpp"

namespace doodled::sight {

// Four corners that are right to within `reach` pixels of `rgb`, clockwise, moved to where the sides through
// the steps from darker ground to paper meet. A side along which few steps are seen stays where it was.
Path sharpened(const cv::Mat& rgb, const Path& corners, double reach);

// Whether such a step is seen within `reach` pixels nearly all along each of the four sides.
bool has_clear_edges(const cv::Mat& rgb, const Path& corners, double reach);

}  // namespace doodled::sight
