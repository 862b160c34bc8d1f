#include "core/vary/line.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <tuple>

namespace doodled::varying {
namespace {

auto order_of(const Moving& moving) { return std::tuple(moving.note.start, moving.note.pitch); }

void put_locked_back(Line& line) {
  for (auto& moving : line.notes)
    if (line.is_locked(moving)) moving.note = line.place.pattern.notes[moving.from];
}

// Whether the notes are still those of before, in the same order of time.
bool keeps_places(const Line& line) {
  if (line.notes.size() != line.place.pattern.notes.size()) return false;
  for (std::size_t i = 0; i < line.notes.size(); ++i)
    if (line.notes[i].from != i) return false;
  return std::ranges::is_sorted(line.notes, {}, [](const Moving& m) { return m.note.start; });
}

// Evidence of notes goes where they went.
void move_evidence(Session& session, const std::string& notes,
                   const std::map<std::size_t, std::size_t>& now_at) {
  std::erase_if(session.evidence, [&](Evidence& evidence) {
    const auto& pointer = evidence.pointer;
    if (!pointer.starts_with(notes)) return false;
    std::size_t index = 0;
    const auto [end, failure] =
        std::from_chars(pointer.data() + notes.size(), pointer.data() + pointer.size(), index);
    if (failure != std::errc{}) return false;
    const auto found = now_at.find(index);
    if (found == now_at.end()) return true;
    evidence.pointer = notes + std::to_string(found->second) + std::string(end);
    return false;
  });
}

}  // namespace

std::vector<rules::Place> open_patterns(Session& session, const Scope& scope) {
  std::vector<rules::Place> places;
  for (std::size_t t = 0; t < session.tracks.size(); ++t)
    for (std::size_t p = 0; p < session.tracks[t].patterns.size(); ++p) {
      rules::Place place{t, p, session.tracks[t], session.tracks[t].patterns[p]};
      const auto pointer = place.pointer();
      if (is_inside(pointer, scope.operation.part) && scope.is_open(pointer + "/notes"))
        places.push_back(place);
    }
  return places;
}

Line line_of(const Session& session, const Scope& scope, const rules::Place& place) {
  const auto& notes = place.pattern.notes;
  Line line{place, session, {}, !scope.locks.touches(place.pointer() + "/notes"), {}};
  line.locked.assign(notes.size(), false);
  for (std::size_t i = 0; i < notes.size(); ++i) {
    line.notes.push_back({notes[i], i});
    if (!line.free) line.locked[i] = scope.locks.touches(place.note(i));
  }
  return line;
}

void write_back(Session& session, const rules::Place& place, Line line) {
  put_locked_back(line);
  if (line.free)
    std::ranges::stable_sort(line.notes, {}, order_of);
  else if (!keeps_places(line))
    return;
  std::map<std::size_t, std::size_t> now_at;
  std::vector<Note> notes;
  for (std::size_t i = 0; i < line.notes.size(); ++i) {
    if (line.notes[i].from != Moving::added) now_at[line.notes[i].from] = i;
    notes.push_back(std::move(line.notes[i].note));
  }
  place.pattern.notes = std::move(notes);
  move_evidence(session, place.pointer() + "/notes/", now_at);
}

}  // namespace doodled::varying
