// The size of a picture made smaller: never less than one pixel a side, however elongated it is.
#pragma once
#include <algorithm>
#include <cmath>

#include <opencv2/core.hpp>

namespace doodled::sight {

inline cv::Size shrunk_size(const cv::Mat& image, double scale) {
  const auto side = [scale](int length) {
    return std::max(1, static_cast<int>(std::lround(length * scale)));
  };
  return {side(image.cols), side(image.rows)};
}

}  // namespace doodled::sight
