// The notes of a timeline, which its events hold as note-on and note-off.
#pragma once
#include <vector>

#include "core/play/timeline.hpp"

namespace doodled {

struct PlacedNote {
  Tick start, duration;
  std::uint16_t track;
  int pitch, velocity;
  bool operator==(const PlacedNote&) const = default;
};

// Ascending start, then track, then pitch.
std::vector<PlacedNote> notes_of(const Timeline& timeline);

}  // namespace doodled
