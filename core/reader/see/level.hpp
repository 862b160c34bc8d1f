// How the page lies in a photograph in which no sheet's edge was found: by what is drawn on it.
#pragma once
#include <opencv2/core.hpp>

#include "core/image/reading.hpp"

namespace doodled::sight {

// Whether a camera or a scanner saw the page: its ground is not one colour. An export or a screenshot is
// level as it is; what leans in it was drawn so.
bool is_photographed(const cv::Mat& rgb);

// By how many radians, clockwise, the camera was held askew: turned back, most of the edges around the
// drawing's parts and of their long axes are level, upright or diagonal. How lines were told apart as figures
// hardly matters, and a drawing that is turned leans by just as much more, up to 30 degrees; from there on it
// leans by itself and is brought to the diagonal. 0 where there are none. `aspect` is height over width.
double lean_of(const Reading& reading, double aspect);

// Corners of the picture turned by that much about its middle, clockwise from its top left, in fractions.
std::vector<Point> turned_page(double radians, double aspect);

}  // namespace doodled::sight
