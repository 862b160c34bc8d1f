// How alike several readings of one page are.
#pragma once
#include <cstddef>
#include <span>

#include "core/image/reading.hpp"

namespace doodled::sight {

// How far two readings of a page are apart: figures of other classes, at other places or in only one of the
// two count by their size (width and height, fractions of the picture), arrows and lines read as functions by
// their number, a raster by its cells. 0: the same.
double apart(const Reading& one, const Reading& other);

// Which of the readings is least apart from all the others; the first of several. There must be one.
std::size_t most_alike(std::span<const Reading> readings);

}  // namespace doodled::sight
