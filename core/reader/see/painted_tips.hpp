// Arrows whose heads are painted and hang on their shafts: thinning leaves two arms of them that look like
// barbs only where the head is hardly broader than the pen.
#pragma once
#include <vector>

#include "core/reader/see/figure.hpp"

namespace doodled::sight {

// Takes the open strokes that run into a painted head at one end out of `strokes`, with what was thinned out
// of those heads, and gives the arrows. Such a head is twice as broad as its shaft or more where that ends,
// on both sides of it, at once, and tapers from there on; it is no longer than 0.45 of the stroke.
std::vector<Figure> take_painted_tips(std::vector<Stroke>& strokes, const cv::Mat& ink, double pen);

}  // namespace doodled::sight
