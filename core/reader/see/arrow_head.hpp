// Arrows among open strokes: a shaft with two barbs at one end.
#pragma once
#include <vector>

#include "core/reader/see/figure.hpp"

namespace doodled::sight {

// Takes the strokes that form arrows out of `strokes` and gives the arrows. The barbs lead back from the tip
// on both sides of the shaft, 12 to 75 degrees off it, and are shorter than two thirds of it; they need not
// touch it.
std::vector<Figure> take_arrows(std::vector<Stroke>& strokes, double pen);

}  // namespace doodled::sight
