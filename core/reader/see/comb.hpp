// Lines one below the other at even steps.
#pragma once
#include <opencv2/core.hpp>

namespace doodled::sight {

constexpr int least_comb = 5;             // lines
constexpr double comb_unevenness = 0.22;  // of its steps

struct Comb {
  int lines = 0;               // 0: too few, or uneven
  double step = 0;             // pixels
  double first = 0, last = 0;  // rows that the outermost lines lie in
};

// Evenly spaced lines in a strip of a mask; steps over a hidden line count as two.
Comb comb_of(const cv::Mat& mask, cv::Range columns);

// Pixels of a mask on long lines along x, a little slope allowed.
cv::Mat long_lines(const cv::Mat& ink);

}  // namespace doodled::sight
