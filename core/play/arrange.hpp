// Session -> Timeline. Pure: the same session gives the same timeline.
#pragma once
#include "core/music/session.hpp"
#include "core/play/timeline.hpp"

namespace doodled {

// The session must have passed accept(). What it holds becomes, in order of the arrangement: notes (cut at
// the end of their section, delayed by the session's swing), patch values and macros at tick 0, automation
// and LFO shapes as parameter changes on a grid of at least 60 ticks, sent only when they move by more than
// 1/1024.
Timeline arrange(const Session& session);

// Where a tick of straight time falls with swing: the first sixteenth of each pair takes `swing` per cent of
// it.
Tick swung(Tick tick, double swing);

}  // namespace doodled
