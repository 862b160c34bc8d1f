// A new part beside the music that was there before. Pure.
#pragma once
#include "core/music/session.hpp"

namespace doodled {

// The context with the tracks, LFOs and macros of `part` added to it. Title, tempo, meter, key, swing and
// arrangement stay the context's; its sections get the part's patterns in turn, repeated as they need. What
// has a name that is taken gets another; new tracks get channels that are free, as far as there are. Macros
// of the part take the numbers that are left of nine. Evidence of the part's tracks and LFOs goes with them.
Session joined(const Session& context, const Session& part);

}  // namespace doodled
