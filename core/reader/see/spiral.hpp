// Spirals and whirls: lines that wind around again and again.
#pragma once
#include <optional>
#include <vector>

#include "core/reader/see/figure.hpp"

namespace doodled::sight {

// Strokes of one connected part that wind around one middle, at distances that differ; or a funnel: a coil
// that runs along and whose turns grow or shrink on the way. A coil of even turns that runs along is a wave
// with loops.
std::optional<Figure> spiral_of_strokes(const std::vector<Stroke>& strokes);

}  // namespace doodled::sight
