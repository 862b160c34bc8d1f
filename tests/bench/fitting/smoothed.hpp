// Lines of which a collection keeps few points, led through them again as a hand may have drawn them.
#pragma once
#include "tests/bench/reading/page.hpp"

namespace doodled::bench {

// `line` was simplified (Douglas and Peucker): what was left out lies within `tolerance` of it. A bend that a
// smooth line may have left becomes one, a sharper one stays a corner.
Line smoothed(const Line& line, double tolerance);

}  // namespace doodled::bench
