// Lines printed on paper, by their evenness.
#pragma once
#include <optional>

#include <opencv2/core.hpp>

namespace doodled::sight {

// Lines that run from left to right.
struct Print {
  cv::Mat lines;  // 8-bit mask, pixels on them and right beside them
  double slope = 0;
  double step = 0;      // between two of them, pixels
  bool ends = false;    // they do not run out of the paper at its left and right
  bool framed = false;  // they begin and end at lines square to them: a drawn raster
  bool local = false;   // seen only in what is darker than around it, as a drawn raster is, too
};

// Long thin lines at even steps in `darkness` (8-bit, 0 paper), at most 18 degrees off the level, which lie
// in both margins of what is paper over all its height, the columns `paper`, and between them.
std::optional<Print> find_print(const cv::Mat& darkness, cv::Range paper);

}  // namespace doodled::sight
