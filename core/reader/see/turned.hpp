// A picture turned about its middle.
#pragma once
#include <opencv2/core.hpp>

namespace doodled::sight {

struct Turned {
  cv::Mat rgb;
  cv::Matx33d to_picture;  // from its pixels to those that were turned
};

// Anticlockwise by `radians`, and `scale` times as large. What lies in `kept` (pixels of `rgb`) stays in
// view, the rest of the ground may go; what comes into view at the edges is their colour.
Turned turned(const cv::Mat& rgb, const cv::Rect& kept, double radians, double scale);

}  // namespace doodled::sight
