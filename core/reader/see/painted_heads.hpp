// Painted heads that do not hang on their shafts, as those of dashed arrows.
#pragma once
#include <vector>

#include "core/reader/see/figure.hpp"

namespace doodled::sight {

// Whether a painted spot is the head of one of the arrows among the figures, which ends on it.
bool is_head(const Figure& spot, const std::vector<Figure>& figures, double pen);

// Lines that end before a painted head become arrows, and those heads go. Where a head tells by the rules of
// closed ones.
void lead_to_heads(std::vector<Figure>& figures, double pen);

}  // namespace doodled::sight
