// Screenshots of phones: what the phone itself shows at the rim is no drawing.
#pragma once
#include "core/reader/see/pieces.hpp"

namespace doodled::sight {

// Pieces of a status bar at the top and of the bar for gestures at the foot of an upright screenshot: small
// signs in the outer thirds of the top 7 % with nothing below them for as much as they are high; a bar across
// the whole width; a short level line in the middle of the lowest 4 %. All false when there is no status bar.
std::vector<bool> find_screen_bars(const Pieces& pieces, cv::Size page);

}  // namespace doodled::sight
