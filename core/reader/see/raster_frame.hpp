// The frame of a raster that was drawn, where its lines might be taken for print.
#pragma once
#include <opencv2/core.hpp>

namespace doodled::sight {

// Whether level `lines` (8-bit mask) begin and end within the columns `paper`, each time at a line square to
// them that leads along their ends; `ink` is all that is dark there. Not where they and what crosses them are
// as many as printed squares are.
bool is_framed(const cv::Mat& ink, const cv::Mat& lines, cv::Range paper);

}  // namespace doodled::sight
