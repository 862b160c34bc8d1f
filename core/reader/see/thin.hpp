// Centre lines of a mask, one pixel wide.
#pragma once
#include <opencv2/core.hpp>

namespace doodled::sight {

// Zhang and Suen, "A fast parallel algorithm for thinning digital patterns", 1984, over a list of border
// pixels. Takes and gives 8-bit masks (0 or 255); connectedness is kept. Ink that touches the edge stays
// connected to it.
cv::Mat thin(const cv::Mat& mask);

struct Thinned {
  cv::Mat lines;
  int passes = 0;  // that it took, or more
};

// thin() of a mask that was thinned `before` and has changed within a box since.
Thinned thin_changed(const cv::Mat& mask, const cv::Rect& changed, Thinned before);

// thin() of masks that come one after the other, as a page grows: costs little where one is what the last
// was.
class Thinner {
 public:
  // Whose pixels are not to be changed; they are the next mask's after the next call.
  const cv::Mat& lines_of(const cv::Mat& mask);

 private:
  cv::Mat before_;
  Thinned thinned_;
};

}  // namespace doodled::sight
