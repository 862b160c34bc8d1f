// What was done at a device, in the program's words: a knob turned, a button pressed, a message that came in.
#pragma once
#include <array>
#include <cstdint>

#include "core/base/clock.hpp"

namespace doodled {

struct DeviceInput {
  enum class Kind : std::uint8_t {
    message,        // `bytes`: a MIDI message of at most three bytes as it came, without a meaning of its own
    macro,          // macro `number` (1..9) stands at `value` (0..1)
    macro_turn,     // macro `number` moved by `value` (-1..1)
    macro_touch,    // a hand is on macro `number`: what it does wins ...
    macro_release,  // ... until it is let go
    pad,            // pad `number` (0..127) was hit with `value` (0..1); 0: let go
    play,
    stop,
    variation,
    keep,
    undo,
    panic,
    program,    // session `number` of the list
    previous,   // the next older session
    next,       // the next newer one
    tempo_turn  // the tempo moved by `value` beats a minute
  };
  Kind kind = Kind::message;
  std::uint8_t number = 0;
  std::uint8_t size = 0;  // of `bytes`
  std::array<std::uint8_t, 3> bytes{};
  float value = 0;
  Nanoseconds at{};  // when it came, on the clock of the rack
};

}  // namespace doodled
