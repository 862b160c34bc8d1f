// Where a short mark ends: thinning takes more of a slanting line than of a level one.
#pragma once
#include <array>
#include <optional>

#include <opencv2/core.hpp>

namespace doodled::sight {

// The two ends of the line that a spot of ink is, half a pen within it, in pixels. `within` is a pixel of it.
// Nothing where the spot reaches further than `reach` pixels from there, or is no longer than broad.
std::optional<std::array<cv::Point2f, 2>> ends_of_spot(const cv::Mat& mask, cv::Point within, double pen,
                                                       double reach);

}  // namespace doodled::sight
