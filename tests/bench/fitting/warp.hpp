// Drawings bent as other hands might have drawn them, lines that cross staying together.
#pragma once
#include <vector>

#include "core/base/random.hpp"
#include "core/reader/see/path.hpp"

namespace doodled::bench {

// Mirrored left and right or not, turned a little, slanted, stretched and bent as a whole, its lines shaken,
// cut at their ends and gone over. `lines` lie within `reach` of the middle.
std::vector<sight::Path> warped(const std::vector<sight::Path>& lines, float reach, Random& random);

}  // namespace doodled::bench
