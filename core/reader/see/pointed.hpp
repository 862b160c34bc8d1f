// What straight lines end right before: heads of arrows and what those lead to, however like letters.
#pragma once
#include "core/reader/see/pieces.hpp"

namespace doodled::sight {

// Which of the pieces a level line points at: one longer than they are high, at their height, that ends
// within two thirds of that beside them.
std::vector<bool> pointed_at(const Pieces& pieces);

}  // namespace doodled::sight
