// From ink to figures, curves, arrows and grids.
#pragma once
#include <optional>

#include "core/image/reading.hpp"
#include "core/reader/see/graph.hpp"
#include "core/reader/see/ink.hpp"
#include "core/reader/see/view.hpp"

namespace doodled::sight {

// The centre lines of ink as a graph: double lines are one, ends reach the ink's end, dashed lines are
// whole, gaps a hand leaves are closed. `lines` is a mask of the centre lines.
Graph joined_lines(const cv::Mat& lines, const cv::Mat& ink, double pen);

// Reads the drawing on a page into `reading`. `rgb` is the page that `ink` was found on, `lines` a mask of
// the ink's centre lines, `view` where it lies; the width of the pen is added to `ink`, and what is no
// drawing taken out of both. Gives by how many radians, clockwise, the page leans, where axes on it tell.
std::optional<double> read_drawing(const cv::Mat& rgb, Ink& ink, cv::Mat lines, const View& view,
                                   int curve_samples, Reading& reading);

}  // namespace doodled::sight
