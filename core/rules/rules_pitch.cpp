// Rules about which notes sound.
#include <array>

#include <nlohmann/json.hpp>

#include "core/rules/patterns.hpp"
#include "core/rules/rule_functions.hpp"

namespace doodled::rules {
namespace {

void move(const Place& place, std::size_t index, int pitch, const std::string& why, Verdicts& verdicts) {
  auto& note = place.pattern.notes[index];
  verdicts.repaired(place.note(index) + "/pitch", why + ": moved to " + verdicts.named(pitch), note.pitch,
                    pitch);
  note.pitch = pitch;
}

// By octaves, as near as it gets; a range below an octave may leave it outside.
int into_range(int pitch, int lowest, int highest) {
  while (pitch < lowest && pitch + 12 <= highest) pitch += 12;
  while (pitch > highest && pitch - 12 >= lowest) pitch -= 12;
  return pitch;
}

// What is struck alone, in order; nothing when several notes start at once or another still sounds.
std::vector<std::size_t> single_line(const Pattern& pattern) {
  auto order = by_start(pattern);
  for (std::size_t k = 1; k < order.size(); ++k)
    if (const auto& before = pattern.notes[order[k - 1]];
        pattern.notes[order[k]].start < before.start + before.duration)
      return {};
  return order;
}

// Which of the twelve pitch classes the key has, looked up once for all notes.
std::array<bool, 12> classes_of(const Key& key) {
  std::array<bool, 12> classes{};
  for (int pitch_class = 0; pitch_class < 12; ++pitch_class)
    classes[static_cast<std::size_t>(pitch_class)] = in_key(pitch_class, key);
  return classes;
}

int nearest_root(int pitch, int tonic) {
  for (int distance = 0; distance <= 6; ++distance)
    for (const int candidate : {pitch - distance, pitch + distance})
      if (candidate >= 0 && candidate <= 127 && candidate % 12 == tonic) return candidate;
  return tonic;
}

// The track that carries the root: the first bass, else the first lead.
std::optional<std::size_t> root_track(const Session& session) {
  for (const Role role : {Role::bass, Role::lead})
    for (std::size_t t = 0; t < session.tracks.size(); ++t)
      if (session.tracks[t].role == role) return t;
  return std::nullopt;
}

}  // namespace

void in_scale(Session& session, const RuleOptions& options, Verdicts& verdicts) {
  const auto classes = classes_of(session.key);
  for_each_pattern(session, options, [&](const Place& place) {
    if (place.is_drums()) return;
    for (std::size_t n = 0; n < place.pattern.notes.size(); ++n) {
      const int pitch = place.pattern.notes[n].pitch;
      if (classes[static_cast<std::size_t>(pitch) % 12]) continue;
      move(place, n, nearest_in_key(pitch, session.key), "not in " + key_name(session.key), verdicts);
    }
  });
}

void in_range(Session& session, const RuleOptions& options, Verdicts& verdicts) {
  for_each_pattern(session, options, [&](const Place& place) {
    if (place.is_drums()) return;
    const bool bass = place.track.role == Role::bass;
    const int lowest = options.values.lowest;
    const int highest = bass ? options.values.bass_highest : options.values.highest;
    for (std::size_t n = 0; n < place.pattern.notes.size(); ++n) {
      const int pitch = place.pattern.notes[n].pitch;
      const int moved = into_range(pitch, lowest, highest);
      if (moved != pitch) move(place, n, moved, bass ? "out of a bass's range" : "out of range", verdicts);
    }
  });
}

void leap(Session& session, const RuleOptions& options, Verdicts& verdicts) {
  const int most = options.values.leap;
  for_each_pattern(session, options, [&](const Place& place) {
    if (place.track.role != Role::lead && place.track.role != Role::bass) return;
    const auto line = single_line(place.pattern);
    for (std::size_t k = 1; k < line.size(); ++k) {
      const int before = place.pattern.notes[line[k - 1]].pitch, pitch = place.pattern.notes[line[k]].pitch;
      int nearer = pitch;
      while (nearer - before > most) nearer -= 12;
      while (before - nearer > most) nearer += 12;
      if (nearer != pitch)
        move(place, line[k], nearer, "a leap of more than " + std::to_string(most) + " semitones", verdicts);
    }
  });
}

void root_on_step_0(Session& session, const RuleOptions& options, Verdicts& verdicts) {
  const auto track = root_track(session);
  if (!track || session.tracks[*track].patterns.empty()) return;
  const Place place{*track, 0, session.tracks[*track], session.tracks[*track].patterns.front()};
  if (options.kept.touches(place.pointer())) return;
  std::optional<std::size_t> lowest;
  for (std::size_t n = 0; n < place.pattern.notes.size(); ++n) {
    const auto& note = place.pattern.notes[n];
    if (note.start >= ticks_per_step) continue;
    if (note.pitch % 12 == session.key.tonic) return;
    if (!lowest || note.pitch < place.pattern.notes[*lowest].pitch) lowest = n;
  }
  if (!lowest) return;
  move(place, *lowest, nearest_root(place.pattern.notes[*lowest].pitch, session.key.tonic),
       "the root sounds on step 0", verdicts);
}

}  // namespace doodled::rules
