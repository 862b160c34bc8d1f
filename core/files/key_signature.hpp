// Which signature a key is written with.
#pragma once
#include "core/music/pitch.hpp"

namespace doodled {

struct KeySignature {
  int fifths = 0;      // sharps above 0, flats below; -5..6
  bool minor = false;  // the nearest of the two modes that every program knows
  bool exact = false;  // true when the key is that major or minor key itself
};

// A mode gets the signature of the notes it has (D dorian none, like C major); scales that are coloured minor
// ones (harmonic minor, blues, ...) that of their minor key. A chromatic key has none.
KeySignature key_signature(const Key& key);

}  // namespace doodled
