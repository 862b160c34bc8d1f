// What a drawn function is at a time.
#pragma once
#include "core/music/session.hpp"

namespace doodled {

// -1..1 after so many cycles, by the curve's own interpolation between its samples.
double lfo_at(const LfoShape& lfo, double cycles);

// Of one cycle, which follows the tempo unless the curve counts seconds.
double lfo_seconds(const LfoShape& lfo, double tempo_bpm);

}  // namespace doodled
