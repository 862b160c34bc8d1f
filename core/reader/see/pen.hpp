// How broad the pen was.
#pragma once
#include <opencv2/core.hpp>

namespace doodled::sight {

// Usual width of the strokes: twice the median depth of the ink along its centre `lines`, pixels; with
// another `share` than half, twice the depth below which that share of them lies.
double pen_width(const cv::Mat& mask, const cv::Mat& lines, double share = 0.5);

}  // namespace doodled::sight
