// Arrows by what they lead to: heads that are too small or too hurried to be told by their form.
#pragma once
#include <vector>

#include "core/reader/see/figure.hpp"
#include "core/reader/see/trace.hpp"

namespace doodled::sight {

// Takes strokes that lead from one of `figures` to another out of `strokes`, where clearly more line lies
// about one end than about the other, together with that line, and gives them as arrows to that end. Only
// good closed figures count as what an arrow leads from or to, those among the strokes that do not quite
// close, too. Where there are several of them, in a diagram, less is asked of heads and of figures.
std::vector<Figure> take_aimed_arrows(std::vector<Stroke>& strokes, const std::vector<Figure>& figures,
                                      const cv::Mat& ink, double pen);

}  // namespace doodled::sight
