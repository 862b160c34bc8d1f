// Ruled and squared paper.
#pragma once
#include <opencv2/core.hpp>

namespace doodled::sight {

struct PaperLines {
  bool across = false, down = false;  // ruled; both: squared
  double spacing = 0;                 // pixels
};

// Takes printed lines out of a darkness picture (8-bit, 0 paper): long thin lines at even steps that reach
// both margins of the page and are fainter than the pen, up to three degrees off the axes. What is darker
// than the printed lines stays where it crosses them. Of a sheet that was cut out of a picture a little
// ground may lie along the edges.
PaperLines remove_paper_lines(cv::Mat& darkness, bool cut_out);

}  // namespace doodled::sight
