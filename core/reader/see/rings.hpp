// Outlines drawn in pieces that do not quite meet.
#pragma once
#include <vector>

#include "core/reader/see/figure.hpp"

namespace doodled::sight {

// Takes open strokes whose ends lie next to each other all the way round out of `strokes`, when the outline
// they make is a good figure. At each joint the lines would meet near the gap if they went on, and not
// all of them in one of the closed figures, which such lines join.
std::vector<Figure> take_rings(std::vector<Stroke>& strokes, const std::vector<Figure>& figures, double pen);

}  // namespace doodled::sight
