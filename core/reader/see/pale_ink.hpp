// Lines that are paler than what else is drawn.
#pragma once
#include "core/reader/see/ink.hpp"

namespace doodled::sight {

// Mends them in the mask, which was cut by the darkness of most of the ink, so that lines about as dark as
// the cut fell to pieces: where nothing darker is near, a line is cut by its own. Only what joins two pieces
// of the mask is added, as other pale things may be shadows, dirt and what shines through; nothing on printed
// paper.
void mend_pale_lines(Ink& ink);

}  // namespace doodled::sight
