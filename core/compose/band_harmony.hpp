// The chords that a band plays, and how its voices move through them.
#pragma once
#include <vector>

#include "core/base/random.hpp"
#include "core/compose/brief.hpp"

namespace doodled::composing {

// A bar each, repeated to fill a section: the brief's own, or four of the key's chords chosen by the seed.
std::vector<Chord> progression_of(const Brief& brief);
// `bars` chords as `voices` voices that move little, ascending pitches, one list a bar.
std::vector<std::vector<int>> voices_through(const std::vector<Chord>& chords, int bars, int voices,
                                             VoiceRange range);
// What a section writes down: a symbol where there is one, else the notes spelled out.
std::string chord_name(const Chord& chord);

}  // namespace doodled::composing
