// The ground beside a sheet that runs out of the picture, or whose corners do.
#pragma once
#include <array>
#include <optional>

#include <opencv2/core.hpp>

namespace doodled::sight {

// An edge of the sheet as seen from a side of the picture: so many pixels away from the middle of the side,
// and by `slope` further away each pixel along it, to the right or down.
struct SheetEdge {
  double depth = 0, slope = 0;
};

struct Ground {
  std::array<std::optional<SheetEdge>, 4> edges;  // at the picture's top, bottom, left and right

  bool empty() const;
  // A box without ground; at least a third of the picture either way, or empty.
  cv::Rect free_box(cv::Size picture) const;
  // 8-bit, 255 on ground and on the edges themselves.
  cv::Mat mask(cv::Size picture) const;
};

// Straight edges in the outer fifths of the picture, between the sheet and ground that is darker all the way
// to the picture's rim, at most 17 degrees off the axes. A line that was drawn has paper on both sides.
Ground find_ground(const cv::Mat& rgb);

// The picture with the sheet mirrored over its edges in place of the ground, so that its light goes on there,
// and what is printed on it.
cv::Mat covered(const cv::Mat& rgb, const Ground& ground);

}  // namespace doodled::sight
