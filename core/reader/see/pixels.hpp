// Few pixels of a page are ink.
#pragma once
#include <cstring>

#include <opencv2/core.hpp>

namespace doodled::sight {

// Calls what(x, y) for each set pixel of a mask of 0 and 255, row by row; blank stretches cost next to
// nothing.
template <class What>
void for_each_set(const cv::Mat& mask, What what) {
  for (int y = 0; y < mask.rows; ++y) {
    const auto* row = mask.ptr<uchar>(y);
    for (int x = 0; x < mask.cols; ++x) {
      const void* next = std::memchr(row + x, 255, static_cast<std::size_t>(mask.cols - x));
      if (!next) break;
      for (x = static_cast<int>(static_cast<const uchar*>(next) - row); x < mask.cols && row[x]; ++x)
        what(x, y);
    }
  }
}

}  // namespace doodled::sight
