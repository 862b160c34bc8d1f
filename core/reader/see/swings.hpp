// How a line goes to and fro: its legs from one turning point to the next, and the tips between them.
#pragma once
#include <string>

#include "core/reader/see/path.hpp"
#include "core/reader/see/trait_sheet.hpp"

namespace doodled::sight {

// To and fro in the direction `way`, a unit vector; traits are named after `name`.
void add_swings(const std::string& name, const Path& line, cv::Point2f way, TraitSheet& sheet);

// How the turning is spread along the line: over its eighths, and over its sharpest bends.
void add_turning_course(const Path& line, TraitSheet& sheet);

}  // namespace doodled::sight
