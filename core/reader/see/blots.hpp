// Connected pieces of ink as areas: dots, filled figures, marks.
#pragma once
#include <vector>

#include "core/reader/see/figure.hpp"

namespace doodled::sight {

struct Blot {
  Path contour;
  cv::Rect box;
  double area = 0;   // of ink and what it encloses, pixels
  double solid = 0;  // share of the box that is ink
  double hole = 0;   // area of the largest hole, pixels
};

// Noise below a pen's width squared is left out; pieces inside others are found as well. Largest first.
std::vector<Blot> find_blots(const cv::Mat& mask, double pen);

// Dots and filled figures among the blots. They are areas: their centre lines say nothing.
std::vector<Figure> find_filled(const std::vector<Blot>& blots, const cv::Mat& mask, double pen);

// Share of ink among probes inside a closed outline, the outline's own line left out. 0..1.
double fill_of(const Path& outline, const cv::Mat& mask, double pen);

}  // namespace doodled::sight
