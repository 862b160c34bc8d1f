// Session -> Timeline. Pure: the same session and loop give the same timeline.
#pragma once
#include "core/music/session.hpp"
#include "core/play/timeline.hpp"

namespace doodled {

// The session must have passed accept(). What it holds becomes, in order of the arrangement: notes (see
// arrange_notes.hpp), patch values and macros at tick 0, automation and LFO shapes as parameter changes on a
// grid of at least 60 ticks, sent only when they move by more than 1/1024. `loop` counts the repetitions of a
// play: notes with a probability are drawn from the session's seed and it.
Timeline arrange(const Session& session, int loop = 0);

// Whether arrange() gives another timeline for another loop.
bool varies_by_loop(const Session& session);

// Where a tick of straight time falls with swing: the first sixteenth of each pair takes `swing` per cent of
// it. Pairs are counted from the bar line (`bar` ticks apart; 0: from tick 0); a sixteenth that is left over
// at the end of a bar stays straight.
Tick swung(Tick tick, double swing, Tick bar = 0);

}  // namespace doodled
