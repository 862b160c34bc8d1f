// The loop of a thread that works when it is due, or rung for, until it is told to end.
#pragma once
#include <cstdint>

#include "core/base/clock.hpp"

namespace doodled {

// `turn` works and returns when it is due next (Nanoseconds::max(): not before it is rung for). Whoever makes
// `ends` true rings after: the bell is read before `ends` is asked, so that this ring can't be missed.
template <class Ends, class Turn>
void take_turns(const Clock& clock, const Bell& bell, Ends ends, Turn turn) {
  for (auto heard = bell.rung(); !ends(); heard = bell.rung()) clock.wait_until(turn(), bell, heard);
}

}  // namespace doodled
