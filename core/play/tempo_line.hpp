// Where the transport is at what time: a straight line through an anchor, so that nothing accumulates.
#pragma once
#include <cmath>

#include "core/base/bell.hpp"
#include "core/music/time.hpp"

namespace doodled {

struct TempoLine {
  Nanoseconds time{};  // at `tick`
  double tick = 0;
  double tempo_bpm = 120;

  Nanoseconds time_of(Tick at) const {
    return time + Nanoseconds{std::llround((static_cast<double>(at) - tick) * tick_ns(tempo_bpm))};
  }
  double tick_at(Nanoseconds now) const {
    return tick + static_cast<double>((now - time).count()) / tick_ns(tempo_bpm);
  }
  // Goes on with another tempo from `from` on.
  TempoLine with_tempo(Nanoseconds from, double bpm) const { return {from, tick_at(from), bpm}; }
};

// Where somebody else's transport is: MIDI clock from outside, or an Ableton Link session.
struct LeadingLine {
  TempoLine line;
  bool running = false;  // false: it stands, and so do we
  // It has just been started there, at line.tick: what waits begins with it.
  bool started = false;
};

}  // namespace doodled
