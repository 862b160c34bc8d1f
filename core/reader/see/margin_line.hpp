// The one line that exercise books and legal pads have printed beside their margin, square to the others.
#pragma once
#include <opencv2/core.hpp>

namespace doodled::sight {

// Takes it out of a darkness picture (8-bit, 0 paper) that is turned so that it runs along x, of about the
// given slope: a straight thin line in an outer third that reaches both ends of the columns `paper` and is
// hardly interrupted, one or two of them and no more. What crosses it and is darker stays.
void remove_margin_line(cv::Mat& darkness, cv::Range paper, double slope);

}  // namespace doodled::sight
