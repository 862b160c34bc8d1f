// Note names, scales and keys. Chords are in chord.hpp.
#pragma once
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace doodled {

// Which octave number MIDI note 60 carries: 4 in the idea document and in most software, 3 on an MPC and in
// Live.
enum class MiddleC { c3 = 3, c4 = 4 };

// "C4", "F#3", "Bb-1", "c#2", "Fx4", "Bbb3": letter, any number of # b x ♯ ♭ 𝄪 𝄫, octave -2..10. Result in
// 0..127, or nothing.
std::optional<int> pitch_from_name(std::string_view name, MiddleC middle_c = MiddleC::c4);
// The same with an Error 'invalid_note' that says what is wrong, and for names in other languages' spelling
// (German 'H3', 'Fis4', 'Es2'; solfège 'Sol3', 'Do#4') what to write instead.
Result<int> read_pitch(std::string_view name, MiddleC middle_c = MiddleC::c4);
// What to write instead of a German or solfège note name, with its octave kept: 'H3' -> 'B3', 'mib' -> 'Eb'.
// Nothing for other words.
std::optional<std::string> english_note_name(std::string_view name);
// "C3" -> c3, "C4" -> c4.
std::optional<MiddleC> middle_c_from(std::string_view name);
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
// Lower case, one underscore for each gap: 'Natural Minor' -> 'natural_minor'.
std::string normalised_name(std::string_view name);
// Accepts the usual spellings: 'Natural Minor', 'natural_minor', 'aeolian', 'Minor'. Null if unknown.
const Scale* find_scale(std::string_view name);

struct Key {
  int tonic = 0;                    // pitch class 0..11
  std::string scale = "minor";      // a name that find_scale knows, or the user's own
  std::vector<int> intervals = {};  // of a scale of the user's own: semitones 0..11, ascending, first 0
  bool operator==(const Key&) const = default;
};
// 'E_Minor', 'D_Minor_Pentatonic', 'F# phrygian', 'Bb'. A bare tonic is major; 'Am' is minor.
std::optional<Key> key_from_name(std::string_view name);
// The same with an Error 'invalid_key'; of German and solfège tonics it says what to write instead.
Result<Key> read_key(std::string_view name);
std::string key_name(const Key& key);

// Of the key's scale, its own or a known one; of the major scale where the name is unknown.
std::span<const int> intervals_of(const Key& key);
bool in_key(int pitch, const Key& key);
// The nearest pitch of the key; of two equally near the lower one.
int nearest_in_key(int pitch, const Key& key);
// The pitch `degree` scale steps above the tonic in `octave` (octave 4 holds middle C = 60). Negative degrees
// go down. Clamped by octaves into 0..127.
int scale_pitch(const Key& key, int degree, int octave);

// Takes a letter and its accidentals off the front of `text`: 'Bb', 'F##'. The result may lie outside 0..11.
std::optional<int> take_pitch_class(std::string_view& text);

}  // namespace doodled
