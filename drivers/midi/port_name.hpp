// MIDI ports are known by name, never by index: names survive a re-plug, indices do not.
#pragma once
#include <string>
#include <string_view>

namespace doodled::midi {

// Without the numbers that ALSA appends and changes: 'MPC One:MPC One MIDI 1 24:0' -> 'MPC One:MPC One MIDI
// 1'.
std::string stable_name(std::string_view name);

// Also without the place of port_place.hpp: what all units of a kind are called.
std::string placeless_name(std::string_view name);

// Also without what a system counts up when a name is taken, and in lower case: 'system:synth-01' and
// 'system:synth' are one, as are 'MPC One:MPC One MIDI 1' and 'MPC One_1:MPC One MIDI 1'.
std::string uncounted_name(std::string_view name);

// Case does not matter. A pattern with * or ? must match the whole stable name, with its place or without;
// another one any part of it.
bool name_matches(std::string_view name, std::string_view pattern);
// Whether the words stand somewhere in the name, as whole words; case does not matter.
bool contains_word(std::string_view name, std::string_view words);

}  // namespace doodled::midi
