#pragma once
#include <opencv2/core.hpp>

#include "core/image/reading.hpp"

namespace doodled::sight {

// The horizon (the height at which upper and lower part differ most and each is most of a piece) and the
// difference between foreground (lower middle) and background (top): depth.
void measure_space(const cv::Mat& lab, PhotoFeatures& photo);

}  // namespace doodled::sight
