// Painted areas as the lines around them: their own centre lines say nothing of their form.
#pragma once
#include <opencv2/core.hpp>

namespace doodled::sight {

// How much must be broad, 0..1.
struct LeastBroad {
  double of_ink = 0;  // of the box around all ink,
  double of_own = 0;  // and of that around what is broad
};

// The mask without what lies deeper than a pen's width inside of areas that are far broader than the pen, and
// without the slits in them that a hand leaves; an empty one where nothing is so broad, or less than `least`.
// `lines` are its centre lines.
cv::Mat hollowed(const cv::Mat& mask, const cv::Mat& lines, const LeastBroad& least = {});

}  // namespace doodled::sight
