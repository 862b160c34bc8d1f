// An MPC's .mpcpattern in both dialects; the layout is told in core/files/mpc_pattern.hpp.
#include <algorithm>
#include <cmath>

#include "core/interpret/form_parts.hpp"

namespace doodled::forms {
namespace {

constexpr std::size_t most_notes = 20000;
constexpr int most_ticks = 100'000'000;

Note read_note(Fields& event, Fields values, const char* pitch, const char* velocity, Fields length,
               const char* length_key) {
  const int loudness = static_cast<int>(std::lround(values.number(velocity, 0, 1, 100 / 127.0) * 127));
  return {event.whole("time", 0, most_ticks, 0), std::max(1, length.whole(length_key, 0, most_ticks, 1)),
          values.whole(pitch, 0, 127, 60), std::max(1, loudness)};
}

// Type 2 is a note of the classic dialect, type 3 one of MPC 3; others are automation.
void read_event(Fields event, std::vector<Note>& notes) {
  const int type = event.whole("type", 0, 1000, 0);
  if (type == 2) notes.push_back(read_note(event, event, "1", "2", event, "len"));
  if (type != 3) return;
  Fields note = event.object("note", true);
  notes.push_back(read_note(event, note, "note", "velocity", note, "length"));
}

}  // namespace

Session read_mpc_pattern(Fields root) {
  Session session = empty_session("MPC pattern");
  session.key = {0, "chromatic"};
  Track track{"pattern", "Pattern", Role::lead, 1, std::nullopt, {}, {}};
  Pattern pattern{"a", 0, {}, {}};
  Fields clip = root.object("pattern", true);
  for (auto& event : clip.objects("events", true)) read_event(event, pattern.notes);
  if (pattern.notes.size() > most_notes) clip.complain("events", "holds more than 20,000 notes");
  Tick end = 0;
  for (const auto& note : pattern.notes) end = std::max(end, note.start + note.duration);
  pattern.length = whole_bars(session.meter, end);
  track.patterns.push_back(std::move(pattern));
  session.tracks.push_back(std::move(track));
  return session;
}

}  // namespace doodled::forms
