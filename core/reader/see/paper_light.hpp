// The light and colour of the paper, under all that is drawn on it.
#pragma once
#include <opencv2/core.hpp>

namespace doodled::sight {

// Of a picture with one or three 8-bit channels, at its size: the grey-level closing at 200 pixels a side, so
// shadows with soft or hard edges are the paper's. What lies right beside ink is left out, as JPEG leaves
// fringes of a coloured line's colour there, brighter in one channel than any paper.
cv::Mat paper_light(const cv::Mat& picture);

}  // namespace doodled::sight
