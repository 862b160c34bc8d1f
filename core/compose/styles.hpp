// What is usual in a genre, one row each; the rows follow generate::drum_genres().
#pragma once
#include <span>
#include <string_view>

#include "core/music/session.hpp"

namespace doodled::composing {

struct Style {
  std::string_view genre;
  double tempo_bpm, swing;
  std::string_view scale;
  // Sixteenths of a bar of 4/4: x the root, 5 the fifth, 8 the octave, - held, . a rest.
  std::string_view bass;
  std::string_view comp;  // the rhythm of the chords: x strikes, - holds, . rests
  int chord_size;
  std::span<const Role> parts;
};

// Of an unknown genre the first.
const Style& style_of(std::string_view genre);

}  // namespace doodled::composing
