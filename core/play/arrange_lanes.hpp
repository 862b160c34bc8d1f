// The parameters of a session over time.
#pragma once
#include <map>
#include <vector>

#include "core/music/session.hpp"
#include "core/play/timeline.hpp"

namespace doodled {

// Patch values and macros at tick 0, then automation and LFO shapes as parameter changes, in no particular
// order.
void place_lanes(const Session& session, Tick length, std::vector<TimelineEvent>& events);

}  // namespace doodled
