// Strokes as pixels, for the eyes and for the picture that is kept. Pure: equal pages give equal pixels.
#pragma once
#include "core/image/raster.hpp"
#include "core/image/strokes.hpp"

namespace doodled {

// White paper and ink with soft edges; the larger side has `side` pixels, 64..4096. A page without strokes is
// white.
Raster draw(const StrokePage& page, int side);

}  // namespace doodled
