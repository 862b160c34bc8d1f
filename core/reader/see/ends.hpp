// Where lines end.
#pragma once
#include <opencv2/core.hpp>

#include "core/reader/see/graph.hpp"

namespace doodled::sight {

// Thinning draws the ends of lines back, slanting ones by many pixels. Leads loose ends on through the ink of
// `mask`, along its middle, to half a pen's width before its end.
void extend_ends(Graph& graph, const cv::Mat& mask, double pen);

}  // namespace doodled::sight
