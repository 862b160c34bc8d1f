// Spirals and whirls: lines that wind around again and again.
#pragma once
#include <optional>
#include <vector>

#include "core/reader/see/figure.hpp"

namespace doodled::sight {

// What strokes of one connected part show that wind: a spiral, when they go around one middle at distances
// that differ, as a funnel to and fro across an axis, the nearer to its end the less far, or in loops above
// one another; a wave, when their loops run along in a row. `enclosing`: the lines cross or touch each other.
// Nothing when they do not wind.
std::optional<Figure> wound_figure(const std::vector<Stroke>& strokes, bool enclosing);

}  // namespace doodled::sight
