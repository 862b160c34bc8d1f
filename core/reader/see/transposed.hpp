// A picture whose columns are the other's rows: what looks along rows then looks along columns.
#pragma once
#include <opencv2/core.hpp>

namespace doodled::sight {

inline cv::Mat transposed(const cv::Mat& picture) {
  cv::Mat result;
  cv::transpose(picture, result);
  return result;
}

}  // namespace doodled::sight
