// Strokes as pixels, for the eyes and for the picture that is kept. Pure: equal pages give equal pixels.
#pragma once
#include "core/image/raster.hpp"
#include "core/image/strokes.hpp"

namespace doodled {

// White paper and ink with soft edges; the larger side has `side` pixels, 64..4096. A page without strokes is
// white.
Raster draw(const StrokePage& page, int side);

// The same in steps: the page without its strokes, and one more stroke on it.
Raster white_page(const StrokePage& page, int side);
void draw_stroke(const HandStroke& stroke, Raster& raster);

}  // namespace doodled
