// Curves for single notes, from the lines and gradients of a picture.
#pragma once
#include <span>
#include <vector>

#include "core/music/note.hpp"

namespace doodled::composing {

// The part `from`..`until` (fractions) of a line of samples -1..1 as a curve of at most nine points between
// `low` and `high`. `samples` may be empty: then nothing.
std::vector<Expression> expression_along(Dimension dimension, std::span<const double> samples, double from,
                                         double until, double low, double high);
// Rises to `peak` at a third of the note and falls to half of it.
Expression swell(Dimension dimension, double peak);
// Slides up into the note from `semitones` below within its first eighth.
Expression scoop(double semitones);

// Adds or replaces the curve of its dimension; keeps their order.
void set_expression(Note& note, Expression curve);

}  // namespace doodled::composing
