// Which parameter of a device in Live is meant by one of ours, told by its name. Pure.
#pragma once
#include <optional>
#include <span>
#include <string>

#include "core/music/parameters.hpp"

namespace doodled::ableton_osc {

// The index of the first name that has all words of one of the parameter's descriptions, the best description
// first. None of these is checked with Live: 'Filter Freq', 'Filter 1 Freq', 'F1 Freq' and 'LP Freq' are
// cutoff.
std::optional<int> find_parameter(Parameter parameter, std::span<const std::string> names);

}  // namespace doodled::ableton_osc
