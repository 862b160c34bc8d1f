// How far ink goes on from a place.
#pragma once
#include <opencv2/core.hpp>

namespace doodled::sight {

inline bool is_ink(cv::Point2f at, const cv::Mat& mask) {
  const cv::Point pixel = at;
  return cv::Rect({}, mask.size()).contains(pixel) && mask.at<uchar>(pixel) != 0;
}

// Pixels in a direction of length 1, at most about `far`; 0 where there is none.
inline double ink_reach(cv::Point2f from, cv::Point2f way, double far, const cv::Mat& mask) {
  double gone = 0;
  while (gone <= far && is_ink(from + way * static_cast<float>(gone), mask)) gone += 1;
  return gone;
}

}  // namespace doodled::sight
