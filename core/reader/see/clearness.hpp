// How clearly strokes stand out of the ground that they are drawn on.
#pragma once
#include <opencv2/core.hpp>

namespace doodled::sight {

struct Clearness {
  double strokes = 0;  // how much darker than their surroundings the darkest thin lines are, 0..255
  double uneven = 0;   // by how much the ground mostly differs from itself where those lines are taken away
  double grain = 0;    // how much darker than their surroundings most other thin things are, 0..255
  double edge = 0;     // the clearest step between neighbours, 0..255: a soft shadow has none
  double share = 1;    // 0..1, of what clearly differs from the ground: that is thin lines
};

// Of 8-bit darkness, as of `Ink`, looked at so that its longer side has as many pixels as that of the picture
// that was sent, `side`, but 320 at most. A line is thin up to seven of them.
Clearness clearness_of(const cv::Mat& darkness, int side);

}  // namespace doodled::sight
