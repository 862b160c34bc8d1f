// How round a drawing is as a whole.
#pragma once
#include <optional>

#include "core/compose/plane.hpp"

namespace doodled::composing {

// Of what a rubber band encloses around all lines that hang together, 4 pi times its area over the square of
// its length: 1 a circle, 0.79 a square, 0.6 a triangle, 0 a line. Of several such parts the mean, by their
// areas. A step grid is a square, however long its cells make it. Neither a turn of the page nor how lines
// are told apart as figures changes it. Nothing where nothing is drawn.
std::optional<double> roundness(const Reading& reading, const Plane& plane);

}  // namespace doodled::composing
