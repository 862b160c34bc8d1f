#pragma once
#include <opencv2/core.hpp>

#include "core/image/reading.hpp"

namespace doodled::sight {

// texture: how much fine detail there is all over the picture. sharpness: how crisp its sharpest parts are,
// whatever their share. Both fall steadily when the picture is blurred.
void measure_texture(const cv::Mat& rgb, PhotoFeatures& photo);

}  // namespace doodled::sight
