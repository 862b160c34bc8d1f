// A photograph of a page in which no sheet's edge was found, read so that another photograph of the page
// reads the same.
#pragma once
#include "core/image/reading.hpp"
#include "core/reader/see/sight.hpp"

namespace doodled::sight {

// Reads it into `reading`, turned level by what is drawn. A small one (up to 640 pixels) is read four times:
// as it is, and then at twice its size and turned three ways; of those three readings the one counts that is
// most like the others. `enlarged`: its pixels are larger than those of `sight`.
void read_photograph(Sight& sight, bool enlarged, int curve_samples, Reading& reading);

}  // namespace doodled::sight
