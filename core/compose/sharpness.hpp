// How sharp the corners of a line are.
#pragma once
#include <vector>

#include "core/image/reading.hpp"

namespace doodled::composing {

// 0 a straight line, little more a circle or a flat bow, about the middle a wave, nearly 1 a box, a star or a
// zigzag: how much of all turning happens right at the corners. A mean over several sizes of what counts as a
// corner and several distances from it, so that no corner is in or out by a hair. In widths of the page.
double sharpness(const std::vector<Point>& line, bool closed);

}  // namespace doodled::composing
