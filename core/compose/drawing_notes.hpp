// The sixteen steps of a drawing.
#pragma once
#include "core/compose/draft.hpp"

namespace doodled::composing {

// Adds the pattern and the arrangement of the first track. The drawing is read from its left edge to its
// right edge; a grid of marks, where one was found, takes the place of the shapes.
void add_drawn_pattern(Draft& draft);

}  // namespace doodled::composing
