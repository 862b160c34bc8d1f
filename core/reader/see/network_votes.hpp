// What the network says of a group of lines. A page of strokes comes again after each of them: what was said
// lately is kept.
#pragma once
#include <vector>

#include "core/reader/see/network.hpp"
#include "core/reader/see/path.hpp"

namespace doodled::sight {

// The compiled-in one.
const Network& shape_network();

// A share of votes for each of its kinds, for the lines as they lie.
std::vector<double> network_votes(const std::vector<Path>& lines);

// The mean of its votes for the lines turned by a few degrees either way, as other photographs would show
// them: steadier, and four times the work.
std::vector<double> network_votes_turned(const std::vector<Path>& lines);

}  // namespace doodled::sight
