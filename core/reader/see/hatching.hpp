// Areas that are shaded with lines.
#pragma once
#include <vector>

#include "core/reader/see/figure.hpp"

namespace doodled::sight {

// Takes the strokes that shade an area out of `strokes` and gives the areas: at least five straight lines
// side by side, nearer to each other than a third of their length, each beside the next for half of it; or
// one line that goes there and back at least six times at such steps. `fill` is the share of the area that
// ink covers.
std::vector<Figure> take_hatching(std::vector<Stroke>& strokes, double pen);

}  // namespace doodled::sight
