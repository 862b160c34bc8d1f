// Notes as a score writes them: on a grid of 64th notes, chords in voices that do not overlap, values that
// have a name, tied over bar lines. Pure.
#pragma once
#include <string_view>
#include <vector>

#include "core/files/notes.hpp"
#include "core/music/time.hpp"

namespace doodled {

inline constexpr int grid_per_quarter = 16;
inline constexpr Tick grid_ticks = ticks_per_quarter / grid_per_quarter;

// A note value with a name: 'quarter' with one dot lasts 24.
struct NoteValue {
  int length;  // in 64ths
  std::string_view type;
  int dots;
};

struct Tone {
  int pitch, velocity;
};

// One symbol on a staff. Without tones it is a rest.
struct Symbol {
  int start;  // 64ths from the bar line
  NoteValue value;
  std::vector<Tone> tones;                  // ascending pitch
  bool tied_from = false, tied_to = false;  // to the symbol before, after
};

struct VoiceBar {
  int voice;                    // from 1
  std::vector<Symbol> symbols;  // fills the bar from front to back
};

// Each bar has voice 1; others where they have notes.
struct NotatedBar {
  std::vector<VoiceBar> voices;
};

int bar_length(const Meter& meter);  // 64ths

// `notes` of one part, ascending; those shorter than a 64th last one.
std::vector<NotatedBar> notate(const std::vector<PlacedNote>& notes, const Meter& meter, int bars);

}  // namespace doodled
