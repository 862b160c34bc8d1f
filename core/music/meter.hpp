// How a bar is felt: where its groups begin and how heavy its steps are.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/music/time.hpp"

namespace doodled {

// '7/8', '4/4'. Numerator 1..32, denominator 1, 2, 4, 8, 16 or 32.
std::optional<Meter> meter_from_name(std::string_view name);
std::string meter_name(const Meter& meter);

// Lengths in beats of the groups of a bar: quarters stand alone; eighths and shorter go in threes where the
// numerator divides by three, else in twos with the three at the end: 7/8 is 2 + 2 + 3.
std::vector<int> beat_groups(const Meter& meter);

// Weight of a step of the bar (Meter::step), 0..1: 1 the first, 0.75 the start of a group, 0.5 a beat, 0.25
// half a beat, 0.1 the rest.
double metric_weight(const Meter& meter, int step);

}  // namespace doodled
