// The colour of the pen that a line was drawn with.
#pragma once
#include <array>

#include <opencv2/core.hpp>

#include "core/reader/see/ink.hpp"
#include "core/reader/see/path.hpp"

namespace doodled::sight {

// Red, green and blue, 0..255, as if the paper around the line were white: a lamp or evening light tints pen
// and paper alike. What the pen takes off the paper's light is summed up across the line, as JPEG and a lens
// spread its colour further than its darkness. On a dark board it is the colour as it was seen. `rgb` is the
// page, of 8 bits, and `ink` what is drawn on it. The median of places along the line counts: others may be
// painted beside.
std::array<int, 3> pen_colour(const cv::Mat& rgb, const Ink& ink, const Path& line, bool closed);

}  // namespace doodled::sight
