// The notes of one part for one phrase.
#pragma once
#include <vector>

#include "core/base/random.hpp"
#include "core/compose/brief.hpp"

namespace doodled::composing {

struct Phrase {
  const Brief& brief;
  const std::vector<Chord>& chords;  // a bar each, repeated
  int bars = 4;
  double energy = 0.5;         // 0..1
  bool fill = false;           // the last half bar leads on
  double from = 0, until = 1;  // where the phrase lies in the whole piece, for the contour
};

// Sorted by start, then pitch; inside the phrase; in the key or the chords.
std::vector<Note> notes_of(Role role, const Phrase& phrase, Random random);

}  // namespace doodled::composing
