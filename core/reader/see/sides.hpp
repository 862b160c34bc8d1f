// Triangles drawn side by side, whose sides do not reach each other.
#pragma once
#include <optional>

#include "core/reader/see/figure.hpp"

namespace doodled::sight {

// Three straight strokes and no other that is not short: each covers nearly half of a side of the triangle
// that their lines make, or more, and does not lead far past it. They are taken out of `strokes`.
std::optional<Figure> triangle_of_sides(std::vector<Stroke>& strokes, double pen);

}  // namespace doodled::sight
