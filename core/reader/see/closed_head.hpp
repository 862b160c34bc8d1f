// Arrows whose heads are closed: a small triangle at the end of a line.
#pragma once
#include <vector>

#include "core/reader/see/figure.hpp"
#include "core/reader/see/trace.hpp"

namespace doodled::sight {

// Takes open strokes that end at the broad side of a small closed figure which tapers in their direction out
// of `strokes`, and those figures out of `figures`, and gives them as arrows.
std::vector<Figure> take_closed_heads(std::vector<Stroke>& strokes, std::vector<Figure>& figures, double pen);

}  // namespace doodled::sight
