// Operations on which steps sound, and how.
#include <algorithm>
#include <cmath>
#include <set>

#include "core/music/generate/markov.hpp"
#include "core/music/generate/melody.hpp"
#include "core/music/generate/rhythm.hpp"
#include "core/vary/degrees.hpp"
#include "core/vary/line.hpp"

namespace doodled::varying {
namespace {

int step_of(const Note& note) { return static_cast<int>(note.start / ticks_per_step); }
int steps_of(const Line& line) {
  return static_cast<int>((line.place.pattern.length + ticks_per_step - 1) / ticks_per_step);
}

std::set<int> struck_steps(const Line& line) {
  std::set<int> steps;
  for (const auto& moving : line.notes) steps.insert(step_of(moving.note));
  return steps;
}

// Whether a strike there would be one of more than three in a row on a lead (the idea's own rule).
bool too_many_in_a_row(const Line& line, int step) {
  if (line.place.track.role != Role::lead) return false;
  const auto struck = struck_steps(line);
  int run = 1;
  for (int s = step - 1; struck.contains(s); --s) ++run;
  for (int s = step + 1; struck.contains(s); ++s) ++run;
  return run > RuleValues{}.in_a_row;
}

// The note that sounds last before `step`, else the first one.
const Note* model_for(const Line& line, int step) {
  const Note* best = nullptr;
  for (const auto& moving : line.notes)
    if (!best || step_of(moving.note) <= step) best = &moving.note;
  return best;
}

// What a track without a note in reach would play.
Note first_note(const Line& line) {
  Note note;
  if (line.is_drums())
    note.pitch = line.place.track.pads.empty() ? 36 : line.place.track.pads.front().pitch;
  else
    note.pitch = scale_pitch(line.session.key, 0, line.place.track.role == Role::bass ? 2 : 4);
  return note;
}

Note new_note(const Line& line, int step, Random& random) {
  const Note* model = model_for(line, step);
  Note note = first_note(line);
  if (model) note.pitch = model->pitch, note.velocity = model->velocity;
  note.start = step * ticks_per_step;
  note.duration = std::min(ticks_per_step, line.place.pattern.length - note.start);
  note.velocity = std::clamp(note.velocity - 5 - random.below(16), 1, 127);
  if (!line.is_drums()) note.pitch = Ladder(line.session.key).moved(note.pitch, random.below(5) - 2);
  return note;
}

// Each returns whether the step is another one now.
bool strike(Line& line, int step, Random& random) {
  if (!line.free || too_many_in_a_row(line, step)) return false;
  line.notes.push_back({new_note(line, step, random)});
  return true;
}

bool silence(Line& line, int step) {
  if (!line.free || (step == 0 && !line.is_drums())) return false;
  return std::erase_if(line.notes, [&](const Moving& m) { return step_of(m.note) == step; }) > 0;
}

bool move_pitch(Line& line, Moving& moving, Random& random) {
  if (line.is_drums() || step_of(moving.note) == 0) return false;
  const Ladder ladder(line.session.key);
  const int before = moving.note.pitch, way = random.below(2) == 0 ? -1 : 1;
  const int pitch = ladder.moved(before, way * (1 + random.below(3)));
  const bool taken = std::ranges::any_of(line.notes, [&](const Moving& other) {
    return other.note.pitch == pitch && other.note.start < moving.note.start + moving.note.duration &&
           moving.note.start < other.note.start + other.note.duration;
  });
  if (taken) return false;
  moving.note.pitch = pitch;
  return pitch != before;
}

void accent(Moving& moving, Random& random) {
  const int change = 8 + random.below(20);
  const int velocity = moving.note.velocity;
  moving.note.velocity = velocity + change > 127 || (velocity - change >= 20 && random.below(2) == 0)
                             ? velocity - change
                             : velocity + change;
}

bool mutate_struck(Line& line, int step, Random& random) {
  const int choice = random.below(4);
  if (choice == 0 && silence(line, step)) return true;
  for (auto& moving : line.notes) {
    if (step_of(moving.note) != step || line.is_locked(moving)) continue;
    if (choice == 1 || !move_pitch(line, moving, random)) accent(moving, random);
    return true;
  }
  return false;
}

// A step of a pattern that mutate() may change.
struct Choice {
  std::size_t place;
  int step;
};

bool may_change(const Line& line, int step) {
  const auto notes_here = [&](const auto& wanted) {
    return std::ranges::any_of(line.notes,
                               [&](const Moving& m) { return step_of(m.note) == step && wanted(m); });
  };
  if (notes_here([](const Moving&) { return true; }))
    return notes_here([&](const Moving& m) { return !line.is_locked(m); });
  return line.free && !too_many_in_a_row(line, step);
}

std::vector<Choice> choices(const Session& session, const Scope& scope,
                            const std::vector<rules::Place>& places) {
  std::vector<Choice> all;
  for (std::size_t p = 0; p < places.size(); ++p) {
    const Line line = line_of(session, scope, places[p]);
    for (int step = 0; step < steps_of(line); ++step)
      if (may_change(line, step)) all.push_back({p, step});
  }
  return all;
}

bool mutate_step(Line& line, int step, Random& random) {
  return struck_steps(line).contains(step) ? mutate_struck(line, step, random) : strike(line, step, random);
}

template <class T>
void shuffle(std::vector<T>& values, Random& random) {
  for (std::size_t i = values.size(); i > 1; --i)
    std::swap(values[i - 1], values[static_cast<std::size_t>(random.below(static_cast<int>(i)))]);
}

// How many of `count` are `percent` per cent, at least one of them.
std::size_t share(std::size_t count, double percent) {
  const auto part = static_cast<std::size_t>(std::llround(static_cast<double>(count) * percent / 100));
  return std::min(count, std::max<std::size_t>(part, 1));
}

// Beats and the first step matter more than what lies between.
int weight(const Line& line, const Note& note) {
  const int step = step_of(note);
  if (note.start % line.session.meter.bar() == 0) return 3;
  if (note.start % line.session.meter.beat() == 0) return 2;
  return step % 2 == 0 ? 1 : 0;
}

void thin_line(Line& line, double percent, Random& random) {
  if (!line.free || line.notes.size() < 2) return;
  std::vector<std::pair<int, std::size_t>> order;
  for (std::size_t i = 0; i < line.notes.size(); ++i)
    order.emplace_back(
        weight(line, line.notes[i].note) * 64 + line.notes[i].note.velocity / 2 + random.below(48), i);
  std::ranges::sort(order);
  std::set<std::size_t> gone;
  for (std::size_t k = 0; k < std::min(share(order.size(), percent), order.size() - 1); ++k)
    gone.insert(order[k].second);
  std::vector<Moving> kept;
  for (std::size_t i = 0; i < line.notes.size(); ++i)
    if (!gone.contains(i)) kept.push_back(line.notes[i]);
  line.notes = std::move(kept);
}

void thicken_line(Line& line, double percent, Random& random) {
  if (!line.free || line.notes.empty()) return;
  const auto struck = struck_steps(line);
  std::vector<int> silent;
  for (int step = 0; step < steps_of(line); ++step)
    if (!struck.contains(step)) silent.push_back(step);
  shuffle(silent, random);
  const auto wanted = share(line.notes.size(), percent);
  std::size_t made = 0;
  for (const int step : silent)
    if (made < wanted && strike(line, step, random)) ++made;
}

void replace_notes(Line& line, const std::vector<Note>& notes) {
  line.notes.clear();
  for (const auto& note : notes) line.notes.push_back({note});
}

bool are_as_before(const Line& line, const std::vector<Note>& notes) {
  return notes == line.place.pattern.notes;
}

// Goes on as the track does, by a Markov chain learned from it; where that gives nothing new, walks along the
// scale with the idea's 30 % of rests. Within the range that the pattern had, or a fifth of it.
void new_melody(Line& line, Random& random) {
  const auto [low, high] = std::ranges::minmax(line.place.pattern.notes, {}, &Note::pitch);
  const int highest = std::min(127, std::max(high.pitch, low.pitch + 7)),
            lowest = std::min(low.pitch, highest - 7);
  const auto& key = line.session.key;
  const Tick length = line.place.pattern.length;
  auto notes =
      generate::Markov::learn(line.session, line.place.track.id).walk(key, length, lowest, highest, random);
  if (notes.empty() || are_as_before(line, notes))
    notes = generate::scale_walk({.key = key, .lowest = lowest, .highest = highest}, length, random);
  replace_notes(line, notes);
}

// Each chord goes elsewhere along the scale as a whole; the first one stays.
void new_chords(Line& line, Random& random) {
  const Ladder ladder(line.session.key);
  Tick start = line.notes.front().note.start;
  int degrees = 0;
  for (auto& [note, from] : line.notes) {
    if (note.start != start) degrees = random.below(7) - 3;
    start = note.start;
    note.pitch = ladder.moved(note.pitch, degrees);
  }
}

// The hits as chances, drawn again.
void new_hits(Line& line, Random& random) {
  constexpr double doubt = 0.5;
  constexpr int voices = 4;
  replace_notes(
      line, generate::draw(generate::matrix_of(line.place.pattern, ticks_per_step, doubt), voices, random));
}

bool has_chords(Role role) { return role == Role::pad || role == Role::chords; }

}  // namespace

void mutate(Session& session, const Scope& scope) {
  const auto places = open_patterns(session, scope);
  auto open = choices(session, scope, places);
  Random random = scope.random("steps");
  shuffle(open, random);
  int left = scope.operation.whole("steps");
  for (auto choice = open.begin(); choice != open.end() && left > 0; ++choice)
    edit(session, scope, places[choice->place],
         [&](Line& line) { left -= mutate_step(line, choice->step, random) ? 1 : 0; });
}

void thin(Session& session, const Scope& scope) {
  edit_all(session, scope,
           [&](Line& line, Random& random) { thin_line(line, scope.operation.number("percent"), random); });
}

void thicken(Session& session, const Scope& scope) {
  edit_all(session, scope, [&](Line& line, Random& random) {
    thicken_line(line, scope.operation.number("percent"), random);
  });
}

void humanise(Session& session, const Scope& scope) {
  const int ticks = scope.operation.whole("ticks"), velocity = scope.operation.whole("velocity");
  edit_all(session, scope, [&](Line& line, Random& random) {
    for (auto& [note, from] : line.notes) {
      const Tick moved = note.nudge + random.below(2 * ticks + 1) - ticks;
      note.nudge = std::clamp(moved, -most_nudge, most_nudge);
      note.velocity = std::clamp(note.velocity + random.below(2 * velocity + 1) - velocity, 1, 127);
    }
  });
}

void reroll(Session& session, const Scope& scope) {
  edit_all(session, scope, [&](Line& line, Random& random) {
    if (!line.free || line.notes.empty()) return;
    if (line.is_drums()) return new_hits(line, random);
    if (has_chords(line.place.track.role)) return new_chords(line, random);
    new_melody(line, random);
  });
}

}  // namespace doodled::varying
