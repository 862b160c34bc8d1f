// What a photograph is like as a whole: light, colour, texture, where the eye goes.
#pragma once
#include <opencv2/core.hpp>

#include "core/image/reading.hpp"

namespace doodled::sight {

// `rgb` is the upright picture, 8 bits a channel.
PhotoFeatures measure_photo(const cv::Mat& rgb);

}  // namespace doodled::sight
