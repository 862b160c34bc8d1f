// Lines read as functions of x.
#pragma once
#include <vector>

#include "core/reader/see/path.hpp"

namespace doodled::sight {

// `count` values, -1..1, up positive, at equal steps of x from the line's left end to its right one.
// Where the line comes back over itself (loops, overhangs) the part drawn first counts: walking from the left
// end, only ground that lies further right than any before is read. A line flatter than a twenty-fifth of its
// width is not blown up to full height. Empty for a line without width.
std::vector<double> sample_line(const Path& line, int count);

}  // namespace doodled::sight
