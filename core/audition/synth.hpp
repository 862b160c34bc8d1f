// A small subtractive synthesiser that plays one track's patch: oscillators, noise, filter, envelope, drive,
// modulation, echo and reverberation; each note with its
// own bend, pressure (how loud) and timbre (how bright). Pure; the same session gives the same samples.
//
// Chosen over Debian's STK, whose band-limited oscillators know neither triangles nor drawn waves, whose
// filters have no such types, and which keeps global state that threads share.
#pragma once
#include <stop_token>
#include <vector>

#include "core/music/session.hpp"
#include "core/play/timeline.hpp"

namespace doodled::audition {

// Adds what track `index` sounds like to `mix` (two channels, interleaved, 44.1 kHz), as far as that lasts.
// The track has a patch. Its notes and parameter changes are those of the timeline, also where that is
// shorter than the session. Returns early when `stop` is asked for.
void play_patch(const Session& session, const Timeline& timeline, std::size_t index, std::vector<float>& mix,
                const std::stop_token& stop);

}  // namespace doodled::audition
