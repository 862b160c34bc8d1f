#include "core/interpret/form_parts.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace doodled::forms {
Session empty_session(std::string title) {
  Session session;
  session.title = std::move(title);
  session.mode = "document";
  session.key = {0, "chromatic"};  // says nothing of a key
  return session;
}

Tick whole_bars(const Meter& meter, Tick length) {
  return std::max<Tick>(1, (length + meter.bar() - 1) / meter.bar()) * meter.bar();
}

LfoShape sine_lfo(std::string id, std::string track, Parameter parameter, double depth, Tick cycle) {
  LfoShape lfo{std::move(id),
               "Sine",
               {},
               std::max<Tick>(60, cycle),
               std::move(track),
               parameter,
               std::clamp(std::abs(depth), 0.0, 1.0)};
  for (int i = 0; i < 64; ++i)
    lfo.samples.push_back(std::round(std::sin(2 * std::numbers::pi * i / 64) * 1e6) / 1e6);
  return lfo;
}

Result<int> note_number(const Json& note, MiddleC middle_c) {
  if (note.is_string()) return read_pitch(note.get<std::string>(), middle_c);
  const bool whole = note.is_number_integer();
  if (whole && note.get<std::int64_t>() >= 0 && note.get<std::int64_t>() <= 127) return note.get<int>();
  return Error{"invalid_note",
               to_text(note) + " is no note: 'C4', 'F#3', a number 0..127, or 'R' for a rest"};
}

bool is_rest(const Json& note) {
  if (note.is_null()) return true;
  if (!note.is_string()) return false;
  const auto text = note.get<std::string>();
  return text.empty() || text == "R" || text == "r" || text == "rest" || text == "REST" || text == "Rest" ||
         text == "-";
}
void read_step(const Session& session, Pattern& pattern, Fields step, int position, MiddleC middle_c) {
  const Tick start = step.whole("step", 0, most_steps - 1, position) * ticks_per_step;
  const int velocity = step.whole("velocity", 0, 127, 100);
  const Json note = step.has("note") ? step.value().at("note") : Json();
  if (is_rest(note) || velocity == 0) return;
  const auto pitch = note_number(note, middle_c);
  if (!pitch) return step.complain("note", pitch.error().message);
  const double gate = step.number("gate_ms", 0, 600000, 0);
  const Tick duration = gate > 0 ? ticks_from_ms(gate, session.tempo_bpm) : ticks_per_step;
  pattern.notes.push_back({start, std::max<Tick>(1, duration), *pitch, velocity});
}

void close_pattern(const Meter& meter, Pattern& pattern, int steps) {
  std::ranges::stable_sort(pattern.notes, [](const Note& a, const Note& b) {
    return std::pair(a.start, a.pitch) < std::pair(b.start, b.pitch);
  });
  Tick end = steps * ticks_per_step;
  for (const auto& note : pattern.notes) end = std::max(end, note.start + 1);
  pattern.length = whole_bars(meter, end);
}

}  // namespace doodled::forms
