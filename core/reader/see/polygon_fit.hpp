// The polygon with k sides that lies closest to a closed outline.
#pragma once
#include "core/reader/see/path.hpp"

namespace doodled::sight {

struct PolygonFit {
  double error = 0;  // root mean square distance of the outline's points from their side, pixels
  Path corners;      // where neighbouring sides meet
};

// `outline` is closed and evenly sampled (48..96 points). Sides are total-least-squares lines through runs of
// points, chosen by dynamic programming, so rounded corners do not tilt them. fits[k] for k = 3..8.
std::vector<PolygonFit> fit_polygons(const Path& outline);

}  // namespace doodled::sight
