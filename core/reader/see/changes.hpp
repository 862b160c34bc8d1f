// Where a picture is not what it was.
#pragma once
#include <opencv2/core.hpp>

namespace doodled::sight {

// The smallest box around all pixels that differ; empty where none does. Of two pictures of one size and
// type.
cv::Rect difference(const cv::Mat& now, const cv::Mat& before);

// With so many pixels more on each side, within the picture.
inline cv::Rect grown(const cv::Rect& rect, int by, cv::Size picture) {
  return (rect - cv::Point(by, by) + cv::Size(2 * by, 2 * by)) & cv::Rect({}, picture);
}

}  // namespace doodled::sight
