// MIDI ports are known by name, never by index: names survive a re-plug, indices do not.
#pragma once
#include <string>
#include <string_view>

namespace doodled::midi {

// Without the numbers that ALSA appends and changes: 'MPC One:MPC One MIDI 1 24:0' -> 'MPC One:MPC One MIDI
// 1'.
std::string stable_name(std::string_view name);

// Case does not matter. A pattern with * or ? must match the whole stable name, another one any part of it.
bool name_matches(std::string_view name, std::string_view pattern);

}  // namespace doodled::midi
