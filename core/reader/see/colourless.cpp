#include "core/reader/see/colourless.hpp"

#include <array>

namespace doodled::sight {

bool is_colourless(const cv::Mat& rgb) {
  for (int y = 0; y < rgb.rows; ++y) {
    const auto* seen = rgb.ptr<uchar>(y);
    int different = 0;
    for (int x = 0; x < rgb.cols; ++x, seen += 3) different |= (seen[0] ^ seen[1]) | (seen[0] ^ seen[2]);
    if (different != 0) return false;
  }
  return true;
}

cv::Mat one_channel(const cv::Mat& rgb) {
  cv::Mat grey;
  cv::extractChannel(rgb, grey, 0);
  return grey;
}

cv::Mat three_channels(const cv::Mat& grey) {
  cv::Mat rgb;
  cv::merge(std::array{grey, grey, grey}, rgb);
  return rgb;
}

}  // namespace doodled::sight
