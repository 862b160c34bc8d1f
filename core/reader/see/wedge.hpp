// Two barbs that meet: the head of an arrow by itself, whether or not a shaft reaches it.
#pragma once
#include <array>
#include <vector>

#include "core/reader/see/stroke_pieces.hpp"

namespace doodled::sight {

struct Wedge {
  std::array<std::size_t, 2> barbs{};  // pieces, the same twice where one is led round the tip
  cv::Point2f tip, back;               // back: the direction from the tip to between the loose ends
  double length = 0;                   // of the longer barb, pixels
  double even = 0;                     // shorter over longer barb, 0.5..1
};

// Barbs are straight, open by 25 to 130 degrees and lie within 2.5 pens of each other at the tip.
std::vector<Wedge> find_wedges(const std::vector<StrokePiece>& pieces, double pen);

}  // namespace doodled::sight
