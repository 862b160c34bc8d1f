// Areas that were painted in pictures that no camera took.
#pragma once
#include <opencv2/core.hpp>

namespace doodled::sight {

// The share of `darkness` (8-bit, 0 paper) that is dark and as dark as all around it, where a few colours
// make most of what is dark and no line; else 0.
double share_painted(const cv::Mat& darkness);

}  // namespace doodled::sight
