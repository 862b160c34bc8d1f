#pragma once
#include <opencv2/core.hpp>

#include "core/image/reading.hpp"

namespace doodled::sight {

// From a CIELAB picture (float): saturation (mean chroma, 60 or more is 1), warmth (0.5 neutral, red to
// yellow above, green to blue below), hue_degrees (chroma-weighted mean of the dominant hues) and the
// palette.
void measure_palette(const cv::Mat& lab, PhotoFeatures& photo);

}  // namespace doodled::sight
