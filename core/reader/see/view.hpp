// Where the working picture's pixels lie in the picture that was sent.
#pragma once
#include <algorithm>

#include <opencv2/core.hpp>

#include "core/image/reading.hpp"
#include "core/reader/see/path.hpp"

namespace doodled::sight {

struct View {
  cv::Size picture;                             // pixels of the whole picture at working scale
  cv::Matx33d to_picture = cv::Matx33d::eye();  // from working pixels to those

  Point fraction(cv::Point2f p) const {
    const cv::Vec3d q = to_picture * cv::Vec3d(p.x, p.y, 1);
    return {(q[0] / q[2] + 0.5) / picture.width, (q[1] / q[2] + 0.5) / picture.height};
  }
  // The upright box around a box that may lie askew.
  Box box(const cv::Rect2f& rect) const {
    const cv::Point2f far = rect.br(), near = rect.tl();
    const Point corners[] = {fraction(near), fraction({far.x, near.y}), fraction(far),
                             fraction({near.x, far.y})};
    Point least = corners[0], most = corners[0];
    for (const Point& c : corners) {
      least = {std::min(least.x, c.x), std::min(least.y, c.y)};
      most = {std::max(most.x, c.x), std::max(most.y, c.y)};
    }
    return {least.x, least.y, most.x - least.x, most.y - least.y};
  }
};

}  // namespace doodled::sight
