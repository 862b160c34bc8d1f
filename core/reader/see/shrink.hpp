// A picture made smaller.
#pragma once
#include <algorithm>
#include <cmath>

#include <opencv2/imgproc.hpp>

namespace doodled::sight {

// Never less than one pixel a side, however elongated the picture is.
inline cv::Size shrunk_size(const cv::Mat& image, double scale) {
  const auto side = [scale](int length) {
    return std::max(1, static_cast<int>(std::lround(length * scale)));
  };
  return {side(image.cols), side(image.rows)};
}

// To `size`, each pixel the mean of those that it takes the place of. As long as it can it goes by halves,
// which costs a small part of what other steps do; an odd last row or column is left out there.
inline cv::Mat shrunk(cv::Mat image, cv::Size size) {
  cv::Mat next;
  while (image.cols >= 2 * size.width && image.rows >= 2 * size.height) {
    const cv::Rect even(0, 0, image.cols & ~1, image.rows & ~1);
    cv::resize(image(even), next, {}, 0.5, 0.5, cv::INTER_AREA);
    cv::swap(image, next);
    next = cv::Mat();
  }
  if (image.size() == size) return image;
  cv::resize(image, next, size, 0, 0, cv::INTER_AREA);
  return next;
}

// So that no side is larger than `side`.
inline cv::Mat shrunk(const cv::Mat& image, int side) {
  const double scale = std::min(1.0, double(side) / std::max(image.cols, image.rows));
  return shrunk(image, shrunk_size(image, scale));
}

}  // namespace doodled::sight
