// Ink on paper: what is left of a page when its light, colour and lines are taken away.
#pragma once
#include <opencv2/core.hpp>

#include "core/reader/see/paper_lines.hpp"

namespace doodled::sight {

struct Ink {
  cv::Mat mask;           // 8-bit, 255 where there is ink
  cv::Mat darkness;       // 8-bit, how much darker than the paper around it: 0 paper .. 255 black
  double pen = 2;         // usual width of a stroke, pixels
  double paper = 0;       // noise of the paper's darkness, 0..255 (median absolute deviation)
  double faintest = 0;    // darkness above which a pixel is no noise of the paper
  double cut = 0;         // darkness above which a pixel is in the mask, but for pale lines
  PaperLines lines;       // that were taken out
  bool dotted = false;    // so were dots
  bool inverted = false;  // light ink on a dark ground
};

// How much darker each pixel is than the paper around it, in the channel where it shows most. The paper is
// the grey-level closing of the picture at an eighth of its size, so shadows with soft or hard edges cancel
// out.
cv::Mat darkness_of(const cv::Mat& rgb);

// Share of `darkness` below which a pixel counts as paper, and the mask of what lies above it.
Ink find_ink(const cv::Mat& rgb, const Paper& paper = {});

}  // namespace doodled::sight
