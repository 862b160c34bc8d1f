// Spirals and whirls: lines that wind around again and again.
#pragma once
#include <optional>
#include <vector>

#include "core/reader/see/figure.hpp"

namespace doodled::sight {

// Strokes of one connected part that turn to one side for one and a half circles or more in all, and stay in
// one place while they do: a coil that runs along is a wave with loops.
std::optional<Figure> spiral_of_strokes(const std::vector<Stroke>& strokes);

}  // namespace doodled::sight
