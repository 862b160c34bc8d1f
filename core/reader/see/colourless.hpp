// Pictures whose three channels are equal, as scans of line art and exports in black on white are.
#pragma once
#include <opencv2/core.hpp>

namespace doodled::sight {

bool is_colourless(const cv::Mat& rgb);

// Any channel of a colourless picture, and back.
cv::Mat one_channel(const cv::Mat& rgb);
cv::Mat three_channels(const cv::Mat& grey);

}  // namespace doodled::sight
