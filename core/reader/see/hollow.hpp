// Painted areas as the lines around them: their own centre lines say nothing of their form.
#pragma once
#include <opencv2/core.hpp>

namespace doodled::sight {

// The mask without what lies deeper than a pen's width inside of areas that are far broader than the pen, and
// without the slits in them that a hand leaves; an empty one where nothing is so broad, or less than `least`
// of the box around all ink, 0..1. `lines` are its centre lines.
cv::Mat hollowed(const cv::Mat& mask, const cv::Mat& lines, double least = 0);

}  // namespace doodled::sight
