// What becomes of what a hand does: the surface's own state changes, and what concerns the music is asked of
// others. Pure.
#pragma once
#include <cstdint>
#include <vector>

#include "drivers/push/surface/controls.hpp"
#include "drivers/push/surface/surface_state.hpp"

namespace doodled::push {

struct Wish {
  enum class Kind : std::uint8_t {
    play,           // the session that is shown, from its start
    stop,           // everything, with note-offs
    panic,          // and all sound off
    vary,           // goes on with a variation at the next bar
    undo,           // back to what it was before
    keep,           // gives the session a star
    turn_macro,     // index, amount: by so much of its range
    touch_macro,    // index, amount 1: a finger is on it, 0: no longer
    release_macro,  // index: back to what the session says
    tempo,          // amount: by so many beats a minute
    choose          // amount -1: the session before the one shown, 1: the one after
  };
  Kind kind = Kind::stop;
  int index = 0;  // of a macro, from 0
  double amount = 0;
  bool operator==(const Wish&) const = default;
};

// Play is a toggle; shift and stop is panic; delete and an encoder's touch releases its macro, as does the
// button above it. Shift makes encoders four times finer.
std::vector<Wish> react(Hands& hands, const HandEvent& event, const Score& score, const Now& now);

}  // namespace doodled::push
