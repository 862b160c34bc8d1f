// Traits: what is measured of a group of lines to tell which single figure it shows. All are shares, ratios
// or counts, so they stay when the drawing is moved or enlarged.
#pragma once
#include <string>
#include <vector>

#include "core/reader/see/figure.hpp"
#include "core/reader/see/groups.hpp"

namespace doodled::sight {

struct Traits {
  std::vector<float> values;  // in the order of trait_names()
  Path outline;               // the outline that was measured: the largest area, or the hull of it all
  Path stroke;                // the longest stroke, left end first
};

const std::vector<std::string>& trait_names();

// `figures`: what the rules found in that group, largest first. Needs at least a few pixels of line.
Traits traits_of(const Graph& graph, const Group& group, const std::vector<Figure>& figures, double pen);

}  // namespace doodled::sight
