// Outlines as ways that one can walk along.
#pragma once
#include <cstddef>
#include <vector>

#include "core/image/reading.hpp"

namespace doodled::composing {

// Points at equal steps of the way along the outline; of an open one without its end.
std::vector<Point> evenly(const std::vector<Point>& points, bool closed, std::size_t count);

}  // namespace doodled::composing
