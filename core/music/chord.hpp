// Chords: symbols, spelled chords, the chords of a key, inversions and voice leading.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/music/pitch.hpp"

namespace doodled {

struct Chord {
  int root = 0;                      // pitch class 0..11
  std::vector<int> intervals = {0};  // semitones above the root, ascending, first 0 unless omitted; up to 21
  std::optional<int> bass = {};      // pitch class under the chord: an inversion or a foreign bass
  bool operator==(const Chord&) const = default;
};

// 'C', 'Em9', 'F#m7b5', 'Bbmaj7#11', 'Gsus4', 'C6/9', 'D7alt', 'Am/C', 'Cadd9', 'E5', 'Cm(maj7)', 'Fno3'.
// Nothing if it cannot be read.
std::optional<Chord> chord_from_symbol(std::string_view symbol);
// The shortest symbol of a chord; '' where there is none.
std::string chord_symbol(const Chord& chord);

// Ascending pitches: the root in `octave` (4 holds middle C = 60), the bass below it. Empty where that leaves
// MIDI's range.
std::vector<int> voiced(const Chord& chord, int octave);
// A symbol, voiced upwards from `octave`, or notes spelled with octaves: 'C4-E4-G4'. Ascending pitches, or
// nothing.
std::optional<std::vector<int>> chord_from_name(std::string_view name, int octave = 3,
                                                MiddleC middle_c = MiddleC::c4);
// The same with an Error 'invalid_chord' that says what to write: 'Hm7' -> 'Bm7'.
Result<std::vector<int>> read_chord(std::string_view name, int octave = 3, MiddleC middle_c = MiddleC::c4);

// Thirds stacked on a degree of the key (0 the tonic): `size` notes, 3 a triad, 4 a seventh chord. In scales
// of fewer than seven degrees the stack takes every second degree all the same.
Chord chord_of_degree(const Key& key, int degree, int size);

// `inversion` 1 puts the second note of the chord lowest, and so on.
Chord inverted(Chord chord, int inversion);

struct VoiceRange {
  int lowest = 48, highest = 79;  // MIDI notes
};
// `voices` pitches of the chord, ascending, inside the range: those that are reached from `before` with the
// least movement in all voices. Without `before` the closest position about the middle of the range. More
// voices than notes double the root, then the fifth; fewer leave out the fifth, then the root. A bass that
// the chord names is the lowest voice.
std::vector<int> lead_voices(std::span<const int> before, const Chord& chord, int voices, VoiceRange range);

}  // namespace doodled
