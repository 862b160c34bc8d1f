// Waves and spirals of all kinds that hands draw.
#pragma once
#include "core/base/random.hpp"
#include "tests/bench/reading/page.hpp"

namespace doodled::bench {

// Swings of uneven width and height, a row of loops, or a line that wanders from side to side.
Line any_wave(Random& random);
// Round one middle, nearer to it and further from it again, or as a funnel.
Line any_spiral(Random& random);

}  // namespace doodled::bench
