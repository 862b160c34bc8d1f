// Dotted paper.
#pragma once
#include <opencv2/core.hpp>

namespace doodled::sight {

// Takes printed dots out of a darkness picture (8-bit, 0 paper): small, alike, at even steps over the whole
// page. `mask` (0 or 255) holds what is dark enough to be ink. Dots that a drawing touches stay with it.
// False where there are none.
bool remove_paper_dots(cv::Mat& darkness, const cv::Mat& mask);

}  // namespace doodled::sight
