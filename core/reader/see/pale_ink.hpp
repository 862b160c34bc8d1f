// Lines that are far paler than what else is drawn.
#pragma once
#include "core/reader/see/ink.hpp"
#include "core/reader/see/ink_cut.hpp"

namespace doodled::sight {

// Adds them to the mask, which was cut by the darkness of most of the ink: where nothing darker is near, a
// line is cut by its own. In a photograph, where pale things may be shadows, dirt and what shines through,
// only what joins two pieces of the mask; not on printed paper.
void add_pale_lines(Ink& ink);

// Whether a pen on a clean page may be that pale: one shade below the cut is far more frequent than others
// there.
bool has_pale_colour(const Histogram& counts, const Ink& ink);

}  // namespace doodled::sight
