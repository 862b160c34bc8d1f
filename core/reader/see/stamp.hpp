// Stamps: the lines of a group drawn small, all with the same pen, so that neither the pen nor the size that
// they were drawn with shows, and which way they run. Planes of directions go back to C.-L. Liu et al.,
// "Handwritten digit recognition: investigation of normalization and feature extraction techniques", Pattern
// Recognition 37, 2004.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "core/reader/see/groups.hpp"

namespace doodled::sight {

constexpr int stamp_side = 32;
// Ink, 255 where all is; then how much of it runs across, down, along the diagonal that falls, and along the
// one that rises, the more of them the closer the lines lie.
constexpr int stamp_planes = 5;
using Stamp =
    std::array<std::uint8_t, std::size_t{stamp_side} * stamp_side * stamp_planes>;  // by row, column, plane

// The edges of a group, each a line.
std::vector<Path> lines_of(const Graph& graph, const Group& group);

// Fills the stamp but for a narrow rim, its aspect kept.
Stamp stamp_of(const std::vector<Path>& lines);

}  // namespace doodled::sight
