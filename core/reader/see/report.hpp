// From figures in pixels to shapes and curves in fractions of the picture.
#pragma once
#include <vector>

#include <opencv2/core.hpp>

#include "core/image/reading.hpp"
#include "core/reader/see/figure.hpp"
#include "core/reader/see/graph.hpp"
#include "core/reader/see/grid.hpp"
#include "core/reader/see/ink.hpp"
#include "core/reader/see/view.hpp"

namespace doodled::sight {

void report_figures(const std::vector<Figure>& figures, const cv::Mat& rgb, const Ink& ink, const View& view,
                    Reading& reading);
// Of `most` parts at most.
void report_hulls(const Graph& graph, double pen, std::size_t most, const View& view, Reading& reading);
void report_grid(const GridFound& grid, const View& view, Reading& reading);
void report_links(const std::vector<Figure>& figures, const View& view, double pen, Reading& reading);
void report_curves(const std::vector<Figure>& figures, const View& view, int samples, Reading& reading);

}  // namespace doodled::sight
