// What the display shows: the picture with the places that were read in it, what is said of them, and the
// macros above their encoders. Pure: the same state gives the same pixels.
#pragma once
#include "drivers/push/display/canvas.hpp"
#include "drivers/push/surface/surface_state.hpp"

namespace doodled::push {

// 960 x 160 pixels. Eight columns of 120 pixels, one an encoder:
//   y 0..37    the macros: name, value, bar; bright while touched, amber while what was turned by hand wins
//   y 42..159  left: the picture (240 wide at most), the chosen place and those that sound outlined
//              middle: title, key and tempo, position; right: the evidence, the chosen one in full
void draw_page(Canvas& canvas, const Hands& hands, const Score& score, const Now& now);

}  // namespace doodled::push
