// Note names, scales and chords.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace doodled {

// Which octave number MIDI note 60 carries: 4 in the idea document and in most software, 3 on an MPC and in
// Live.
enum class MiddleC { c3 = 3, c4 = 4 };

// "C4", "F#3", "Bb-1", "c#2": letter, any number of # b ♯ ♭, octave -2..10. Result in 0..127, or nothing.
std::optional<int> pitch_from_name(std::string_view name, MiddleC middle_c = MiddleC::c4);
// Sharps; pitch 0..127.
std::string pitch_name(int pitch, MiddleC middle_c = MiddleC::c4);

// 'C', 'F#', 'Bb' -> 0..11.
std::optional<int> pitch_class_from_name(std::string_view name);
std::string pitch_class_name(int pitch_class);

// Semitones above the tonic, ascending, first 0. Names are lower case with underscores: 'minor_pentatonic'.
struct Scale {
  std::string_view name;
  std::span<const int> intervals;
};
std::span<const Scale> all_scales();
// Accepts the usual spellings: 'Natural Minor', 'natural_minor', 'aeolian', 'Minor'. Null if unknown.
const Scale* find_scale(std::string_view name);

struct Key {
  int tonic = 0;                // pitch class 0..11
  std::string scale = "minor";  // a name that find_scale knows
  bool operator==(const Key&) const = default;
};
// 'E_Minor', 'D_Minor_Pentatonic', 'F# phrygian', 'Bb'. A bare tonic is major; 'Am' is minor.
std::optional<Key> key_from_name(std::string_view name);
std::string key_name(const Key& key);

bool in_key(int pitch, const Key& key);
// The nearest pitch of the key; of two equally near the lower one.
int nearest_in_key(int pitch, const Key& key);
// The pitch `degree` scale steps above the tonic in `octave` (octave 4 holds middle C = 60). Negative degrees
// go down. Clamped by octaves into 0..127.
int scale_pitch(const Key& key, int degree, int octave);

// 'Em9', 'Cmaj7', 'F#m7b5', 'G/B', or spelled 'C4-E4-G4'. Ascending pitches; symbols are voiced upwards from
// `octave`. Nothing if it cannot be read.
std::optional<std::vector<int>> chord_from_name(std::string_view name, int octave = 3,
                                                MiddleC middle_c = MiddleC::c4);

}  // namespace doodled
