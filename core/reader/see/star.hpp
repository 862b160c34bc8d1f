// Stars that are drawn with crossing lines.
#pragma once
#include <optional>
#include <vector>

#include "core/reader/see/figure.hpp"

namespace doodled::sight {

// A star drawn in one go (sharp turns to the same side, one and a half to two and a half times round) or in
// pieces (long legs from tip to tip), or lines of like length that cross in one place, at least three.
// `strokes` are those of one connected part.
std::optional<Figure> star_of_strokes(const std::vector<Stroke>& strokes, double pen);

}  // namespace doodled::sight
