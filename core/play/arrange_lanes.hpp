// The parameters of a session over time.
#pragma once
#include <vector>

#include "core/music/session.hpp"
#include "core/play/lane.hpp"
#include "core/play/timeline.hpp"

namespace doodled {

// Patch values and macros at tick 0, then automation and LFO shapes as parameter changes, in no particular
// order. Answers what moves, for devices that take it finer than the events are.
std::vector<Lane> place_lanes(const Session& session, Tick length, std::vector<TimelineEvent>& events);

}  // namespace doodled
