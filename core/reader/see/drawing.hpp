// From ink to figures, curves, arrows and grids.
#pragma once
#include "core/image/reading.hpp"
#include "core/reader/see/ink.hpp"
#include "core/reader/see/view.hpp"

namespace doodled::sight {

// Reads the drawing on a page into `reading`. `rgb` is the page that `ink` was found on, `view` where it
// lies; the width of the pen is added to `ink`.
void read_drawing(const cv::Mat& rgb, Ink& ink, const View& view, int curve_samples, Reading& reading);

}  // namespace doodled::sight
