// Ruled and squared paper.
#pragma once
#include <opencv2/core.hpp>

namespace doodled::sight {

struct PaperLines {
  bool across = false, down = false;  // ruled; both: squared
  double spacing = 0;                 // pixels
};

// What of a picture is paper.
struct Paper {
  bool cut_out = false;  // all of it, a sheet that was cut out: a little ground may lie along its edges
  cv::Rect whole = {};   // of a sheet that runs out of the picture, a box that it fills; empty: all of it
  bool dark = false;     // a board: ink is lighter than it
};

// Takes printed lines out of a darkness picture (8-bit, 0 paper): long thin lines at even steps that reach
// both margins of the paper and are fainter than the pen, up to 18 degrees off the axes. What is darker
// than the printed lines stays where it crosses them. So does the line beside the margin go, where there are
// any.
PaperLines remove_paper_lines(cv::Mat& darkness, const Paper& paper = {});

}  // namespace doodled::sight
