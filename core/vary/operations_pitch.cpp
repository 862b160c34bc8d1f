// Operations on which pitches sound, and in which order.
#include <algorithm>
#include <array>
#include <map>

#include "core/music/chord.hpp"
#include "core/vary/degrees.hpp"
#include "core/vary/line.hpp"

namespace doodled::varying {
namespace {

int folded(int pitch) {
  while (pitch < 0) pitch += 12;
  while (pitch > 127) pitch -= 12;
  return pitch;
}

template <class Change>
void change_pitches(Session& session, const Scope& scope, Change change) {
  edit_all(session, scope, [&](Line& line, Random&) {
    if (line.is_drums()) return;
    for (auto& moving : line.notes) moving.note.pitch = change(moving.note, line);
  });
}

// Chord symbols go where move(pitch, tick of the section) takes their notes; what can't be named is dropped.
template <class Move>
void move_chords(Session& session, Move move) {
  for (auto& section : session.arrangement)
    std::erase_if(section.chords, [&](ChordMark& mark) {
      const auto chord = chord_from_symbol(mark.symbol);
      if (!chord) return true;
      const int root = move(60 + chord->root, mark.tick);
      Chord moved{root % 12, {}, {}};
      for (const int interval : chord->intervals)
        moved.intervals.push_back(move(60 + chord->root + interval, mark.tick) - root);
      if (chord->bass) moved.bass = move(48 + *chord->bass, mark.tick) % 12;
      mark.symbol = chord_symbol(moved);
      return mark.symbol.empty();
    });
}

bool moves_all(const Session& session, const Scope& scope) {
  if (!scope.operation.part.empty() || scope.locks.touches("/key")) return false;
  return std::ranges::none_of(session.tracks, [&](const Track& track) {
    const auto index = static_cast<std::size_t>(&track - session.tracks.data());
    return track.role != Role::drums && scope.locks.touches(rules::at("tracks", index));
  });
}

// The degrees by which each bar moves: the first stays, so that the form begins at home; the others go to
// chords that share notes or lie a fourth or a fifth away.
std::vector<int> new_functions(int bars, Random random) {
  constexpr std::array moves = {0, -2, 2, 3, -3, 4, 5, -1};
  std::vector<int> degrees{0};
  while (static_cast<int>(degrees.size()) < bars) {
    const int move = moves[static_cast<std::size_t>(random.below(static_cast<int>(moves.size())))];
    if (move != degrees.back() || random.below(3) == 0) degrees.push_back(move);
  }
  if (bars > 1 && std::ranges::all_of(degrees, [](int d) { return d == 0; })) degrees.back() = 3;
  return degrees;
}

int longest_in_bars(const Session& session) {
  Tick longest = 0;
  for (const auto& track : session.tracks)
    for (const auto& pattern : track.patterns) longest = std::max(longest, pattern.length);
  const Tick bar = session.meter.bar();
  return std::max(2, static_cast<int>((longest + bar - 1) / bar));
}

// The same scale degree in another key, at the nearest octave.
int translated(int pitch, const Ladder& from, const Key& old_key, const Ladder& to, const Key& new_key) {
  const int old_home = from.degree(60 + old_key.tonic), new_home = to.degree(60 + new_key.tonic);
  const int degree = from.degree(pitch) - old_home;
  const int old_size = from.degree(72 + old_key.tonic) - old_home;
  const int new_size = to.degree(72 + new_key.tonic) - new_home;
  const int octave = degree >= 0 ? degree / old_size : (degree - old_size + 1) / old_size;
  const int inside = std::min(degree - octave * old_size, new_size - 1);
  int moved = to.pitch(new_home + octave * new_size + inside);
  while (moved - pitch > 6 && moved >= 12) moved -= 12;
  while (pitch - moved > 6 && moved <= 115) moved += 12;
  return moved;
}

}  // namespace

void transpose(Session& session, const Scope& scope) {
  const int semitones = scope.operation.whole("semitones"), degrees = scope.operation.whole("degrees");
  const Ladder ladder(session.key);
  const bool whole = moves_all(session, scope);
  const auto moved = [&](int pitch) {
    return folded((degrees == 0 ? pitch : ladder.moved(pitch, degrees)) + semitones);
  };
  change_pitches(session, scope, [&](const Note& note, const Line&) { return moved(note.pitch); });
  if (whole) move_chords(session, [&](int pitch, Tick) { return moved(pitch); });
  if (whole) session.key.tonic = (session.key.tonic + semitones + 120) % 12;
}

void invert(Session& session, const Scope& scope) {
  const Ladder ladder(session.key);
  edit_all(session, scope, [&](Line& line, Random&) {
    if (line.is_drums() || line.notes.empty()) return;
    const int axis = ladder.degree(line.notes.front().note.pitch);
    for (auto& [note, from] : line.notes)
      note.pitch = ladder.moved(note.pitch, 2 * (axis - ladder.degree(note.pitch)));
  });
}

void retrograde(Session& session, const Scope& scope) {
  edit_all(session, scope, [&](Line& line, Random&) {
    if (!line.free) return;
    for (auto& [note, from] : line.notes)
      note.start = std::max<Tick>(0, line.place.pattern.length - note.start - note.duration);
  });
}

void reharmonise(Session& session, const Scope& scope) {
  const Ladder ladder(session.key);
  const auto functions = new_functions(longest_in_bars(session), scope.random("functions"));
  const Tick bar = session.meter.bar();
  const auto moved = [&](int pitch, Tick at) {
    return ladder.moved(pitch, functions[static_cast<std::size_t>(at / bar) % functions.size()]);
  };
  change_pitches(session, scope, [&](const Note& note, const Line& line) {
    const int pitch = moved(note.pitch, note.start);
    const int highest = line.place.track.role == Role::bass ? RuleValues{}.bass_highest : 127;
    return pitch > highest ? pitch - 12 : pitch;
  });
  move_chords(session, moved);
}

void change_key(Session& session, const Scope& scope) {
  const Key key = scope.operation.key.value_or(session.key);
  const Ladder from(session.key), to(key);
  const Key old_key = session.key;
  change_pitches(session, scope, [&](const Note& note, const Line&) {
    return translated(note.pitch, from, old_key, to, key);
  });
  move_chords(session, [&](int pitch, Tick) { return translated(pitch, from, old_key, to, key); });
  session.key = key;
}

}  // namespace doodled::varying
