// Where a line is broader at its end than a pen makes it: solid heads of arrows.
#pragma once
#include <opencv2/core.hpp>

#include "core/reader/see/path.hpp"

namespace doodled::sight {

// Ink of `mask` on both sides of a line's last piece, beyond what a pen of that width leaves: pixels. What
// lies on one side only does not count, nor does what the line runs into. Looks `beyond` its end, too.
// Small holes, which the outline of a head leaves, count as ink.
double swell_at(const Path& line, bool at_end, double beyond, const cv::Mat& mask, double pen);

}  // namespace doodled::sight
