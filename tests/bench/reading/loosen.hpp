// Sketches made worse, as hands in a hurry draw: for fitting and for measuring on what no rule was made for.
#pragma once
#include "tests/bench/reading/hand.hpp"

namespace doodled::bench {

// Stretched, slanted, seen askew; with ends that are cut off, led on or curl back, corners that are cut,
// pieces out of their places, lines gone over, shaking fast and slow. The class stays. `size` 0..1: how much
// of all that.
Sketch loosen(Sketch sketch, double size, Random& random);

}  // namespace doodled::bench
