// The notes of a session, placed on the timeline.
#pragma once
#include <array>
#include <vector>

#include "core/music/session.hpp"
#include "core/play/timeline.hpp"

namespace doodled {

// Every note of the arrangement that sounds in this loop, as events in no particular order. In this order:
// patterns repeat until their section ends, which cuts them; chance decides what sounds; ties join; swing and
// nudges move; ratchets split; a tuning becomes the nearest key and a bend; and where one key of a track
// would sound twice at a time the earlier note ends (of two that start together the louder stays). Expression
// becomes events every 30 ticks or further apart, and only when it moves.
void place_notes(const Session& session, int loop, Tick length, std::vector<TimelineEvent>& events);

}  // namespace doodled
