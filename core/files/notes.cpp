#include "core/files/notes.hpp"

#include <algorithm>
#include <tuple>

namespace doodled {

std::vector<PlacedNote> notes_of(const Timeline& timeline) {
  std::vector<PlacedNote> notes;
  for (const auto& event : timeline.events)
    if (const auto* on = std::get_if<NoteOn>(&event.body))
      notes.push_back({event.tick, on->duration, event.track, on->pitch, on->velocity});
  std::ranges::stable_sort(notes, {},
                           [](const PlacedNote& n) { return std::tuple(n.start, n.track, n.pitch); });
  return notes;
}

}  // namespace doodled
