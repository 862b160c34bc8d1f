// Where darkness begins to be ink.
#pragma once
#include <array>

#include "core/reader/see/ink.hpp"

namespace doodled::sight {

constexpr double core_share = 0.42;  // of the ink's own darkness: where a blurred stroke is cut

using Histogram = std::array<int, 256>;

Histogram histogram_of(const cv::Mat& grey);

// The smallest value with at least `share` of the counts from `from` on at or below it.
int quantile(const Histogram& counts, double share, int from = 0);

// Cuts the mask out of the darkness that was counted, and takes the paper's noise from there.
void cut(const Histogram& counts, Ink& ink);

}  // namespace doodled::sight
