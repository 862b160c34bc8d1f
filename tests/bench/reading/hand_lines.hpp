// Lines of a hand as lists of points, in a box from -1 to 1, y down.
#pragma once
#include "tests/bench/reading/page.hpp"

namespace doodled::bench {

inline constexpr double pi = 3.14159265358979;
inline constexpr double fine = 0.02;  // between the points of a stroke

// Straight from corner to corner, with points at fine steps.
Line dense(const Line& corners);
// Running mean over `radius` to both sides along the line: corners become round.
Line rounded(const Line& line, double radius);
cv::Point2d polar(double radius, double angle);

}  // namespace doodled::bench
