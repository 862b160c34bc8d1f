#include "core/music/generate/markov.hpp"

#include <algorithm>

namespace doodled::generate {
namespace {

std::vector<int> key_pitches(const Key& key) {
  std::vector<int> pitches;
  for (int pitch = 0; pitch < 128; ++pitch)
    if (in_key(pitch, key)) pitches.push_back(pitch);
  return pitches;
}

int degree_of(const std::vector<int>& pitches, int pitch) {
  return static_cast<int>(std::ranges::lower_bound(pitches, pitch) - pitches.begin());
}

// The highest of the notes that start together is the melody.
std::vector<Note> top_line(const Pattern& pattern) {
  std::vector<Note> line;
  for (const auto& note : pattern.notes)
    if (!line.empty() && line.back().start == note.start)
      line.back() = note.pitch > line.back().pitch ? note : line.back();
    else
      line.push_back(note);
  return line;
}

}  // namespace

Markov Markov::learn(const Session& session, std::string_view track) {
  Markov chain;
  for (const auto& from : session.tracks) {
    if (from.role == Role::drums || (!track.empty() && from.id != track)) continue;
    for (const auto& pattern : from.patterns) chain.learn(pattern, session.key);
  }
  return chain;
}

void Markov::learn(const Pattern& pattern, const Key& key) {
  const auto line = top_line(pattern);
  if (line.empty()) return;
  if (starts_.empty()) first_pitch_ = line.front().pitch;
  const auto pitches = key_pitches(key);
  std::vector<Event> events;
  for (std::size_t i = 0; i < line.size(); ++i) {
    const int move = i == 0 ? 0 : degree_of(pitches, line[i].pitch) - degree_of(pitches, line[i - 1].pitch);
    const Tick next = i + 1 < line.size() ? line[i + 1].start : pattern.length;
    events.push_back({move, std::max<Tick>(1, next - line[i].start), line[i].duration, line[i].velocity});
  }
  starts_.push_back(events.front());
  states_.try_emplace(events.back());
  for (std::size_t i = 0; i + 1 < events.size(); ++i) states_[events[i]].push_back(events[i + 1]);
}

const Markov::Event& Markov::next(const Event& event, Random& random) const {
  const auto state = states_.find(event);
  const auto& choices = state == states_.end() || state->second.empty() ? starts_ : state->second;
  return choices[static_cast<std::size_t>(random.below(static_cast<int>(choices.size())))];
}

std::vector<Note> Markov::walk(const Key& key, Tick length, int lowest, int highest, Random& random) const {
  std::vector<Note> notes;
  if (starts_.empty()) return notes;
  const auto pitches = key_pitches(key);
  const int low = degree_of(pitches, lowest);
  const int high = std::max(low, degree_of(pitches, highest + 1) - 1);
  int degree = std::clamp(degree_of(pitches, nearest_in_key(first_pitch_, key)), low, high);
  Event event = starts_[static_cast<std::size_t>(random.below(static_cast<int>(starts_.size())))];
  for (Tick tick = 0; tick < length; event = next(event, random)) {
    degree = std::clamp(degree + event.move, low, high);
    const Tick duration = std::min({event.duration, event.until_next, length - tick});
    const auto index = std::min(static_cast<std::size_t>(degree), pitches.size() - 1);
    notes.push_back({tick, duration, pitches[index], event.velocity});
    tick += event.until_next;
  }
  return notes;
}

}  // namespace doodled::generate
