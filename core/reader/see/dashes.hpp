// Dashed lines.
#pragma once
#include "core/reader/see/graph.hpp"

namespace doodled::sight {

// Short lines of like length that follow each other in their direction, at gaps no longer than they are,
// become one line, if they are five or more, or three that lead from one line to another. A row that comes to
// the loose end of a line joins it. `ink` is the mask whose centre lines these are, `pen` in pixels.
void join_dashes(Graph& graph, const cv::Mat& ink, double pen);

}  // namespace doodled::sight
