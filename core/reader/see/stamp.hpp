// Stamps: the lines of a group drawn small, all with the same pen, so that neither the pen nor the size that
// they were drawn with shows.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "core/reader/see/groups.hpp"

namespace doodled::sight {

constexpr int stamp_side = 32;
using Stamp = std::array<std::uint8_t, std::size_t{stamp_side} * stamp_side>;  // rows, 0 is paper, 255 ink

// The edges of a group, each a line.
std::vector<Path> lines_of(const Graph& graph, const Group& group);

// Fills the stamp but for a narrow rim, its aspect kept.
Stamp stamp_of(const std::vector<Path>& lines);

}  // namespace doodled::sight
