// The lead of a drawing: sixteen steps a bar, read from the drawing's left edge to its right one.
#include <array>
#include <set>
#include <tuple>

#include "core/compose/drawing_parts.hpp"

namespace doodled::composing {
namespace {

constexpr int lowest_octave = 4;
constexpr std::size_t most_voices = 3;
constexpr int most_in_a_row = 3;  // strikes

struct Strike {
  int step, length;  // sixteenths
  int degree;
  int velocity;
  const Figure* figure;  // null for the root that was added
  bool ghost = false;
};

// Eight heights become two octaves of the root's chord, and the note above its lower fifth: so far apart that
// a hand or a camera that shakes seldom reaches the next.
int degree_at(const Key& key, double y) {
  const int octave = scale_size(key), third = degree_near(key, 4), fifth = degree_near(key, 7);
  const std::array degrees{0,      third,          fifth,          std::min(fifth + 1, octave),
                           octave, octave + third, octave + fifth, 2 * octave};
  const auto height = std::lround((1 - std::clamp(y, 0.0, 1.0)) * static_cast<double>(degrees.size() - 1));
  return degrees[static_cast<std::size_t>(height)];
}

// The mean over a step and those beside it, which a small bump or a moved edge changes little.
double height_at(const Figure& figure, int step, int steps) {
  return figure.upper((step - 1.0) / steps, (step + 2.0) / steps);
}

// Three strengths, by how thick and filled the figure is drawn.
int velocity_of(const Shape& shape) {
  return 76 + 14 * static_cast<int>(
                       std::lround(std::clamp(0.6 * shape.fill + 40 * shape.thickness, 0.0, 1.0) * 2));
}

struct Span {
  int first, end;  // steps
};

// A step belongs to a figure that covers at least half of it; each figure has one, and what stands upright no
// more.
Span span_of(const Figure& figure, int steps) {
  const double left = figure.upright ? (figure.left + figure.right) / 2 - 0.5 / steps : figure.left;
  const int first = std::clamp(static_cast<int>(std::lround(left * steps)), 0, steps - 1);
  if (figure.upright) return {first, first + 1};
  return {first, std::clamp(static_cast<int>(std::lround(figure.right * steps)), first + 1, steps)};
}

int hold_length(const std::string& rhythm, int step, int end) {
  int length = 1;
  const auto at = [&](int s) { return rhythm[static_cast<std::size_t>(s) % rhythm.size()]; };
  while (step + length < end && at(step + length) == '-') ++length;
  return length;
}

// The rhythm of its class, counted from the bar line, so that figures share one groove; a figure that is too
// short for it sounds once.
void strike_figure(const Draft& draft, const Figure& figure, int steps, std::vector<Strike>& strikes) {
  const std::string& rhythm = draft.rules.figure(figure.shape->shape_class).rhythm;
  if (rhythm.empty()) return;
  const Key& key = draft.session.key;
  const auto [first, end] = span_of(figure, steps);
  const auto before = strikes.size();
  const auto strike = [&](int step, int length) {
    const int height = degree_at(key, height_at(figure, step, steps));
    const int degree = step % 4 == 0 ? chord_degree(key, height, 0) : height;
    strikes.push_back({step, length, degree, velocity_of(*figure.shape), &figure});
  };
  for (int step = first; step < end; ++step)
    if (rhythm[static_cast<std::size_t>(step) % rhythm.size()] == 'x')
      strike(step, hold_length(rhythm, step, end));
  if (strikes.size() == before) strike(first, end - first);
}

// The eighth or sixteenth of a bar where a bulge of the largest figure is heard: the first of three that its
// own rhythm leaves free.
int ghost_step(const std::string& rhythm, std::size_t part) {
  constexpr int candidates[4][3] = {{7, 6, 5}, {15, 14, 13}, {10, 9, 11}, {2, 1, 3}};
  for (const int step : candidates[part])
    if (rhythm.empty() || rhythm[static_cast<std::size_t>(step) % rhythm.size()] != 'x') return step;
  return candidates[part][0];
}

// What a hand does to a figure: every part that bulges beyond its mirror images sounds, quietly, between the
// beats.
void add_ghosts(const Draft& draft, const Figures& figures, int bars, std::vector<Strike>& strikes) {
  constexpr double closed_bulge = 0.02, open_bulge = 0.015;
  const Figure* figure = figures.largest();
  if (!figure) return;
  const auto& rhythm = draft.rules.figure(figure->shape->shape_class).rhythm;
  const auto parts = figure->bulges();
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const bool down = !figure->closed && parts[i] < -open_bulge;
    if (!down && parts[i] < (figure->closed ? closed_bulge : open_bulge)) continue;
    const int step = ghost_step(rhythm, down ? i + 2 : i);
    const int degree =
        chord_degree(draft.session.key, scale_size(draft.session.key) + 2 * static_cast<int>(i), 0);
    for (int bar = 0; bar < bars; ++bar) strikes.push_back({16 * bar + step, 1, degree, 52, figure, true});
  }
}

// Of the strikes at one step the largest figures stay, each degree once.
void limit_voices(std::vector<Strike>& strikes) {
  std::ranges::stable_sort(strikes, [](const Strike& a, const Strike& b) {
    return std::tuple(a.step, a.ghost, -a.figure->area(), a.degree) <
           std::tuple(b.step, b.ghost, -b.figure->area(), b.degree);
  });
  std::map<int, std::set<int>> degrees;
  std::erase_if(strikes, [&](const Strike& strike) {
    auto& taken = degrees[strike.step];
    return taken.size() == most_voices || !taken.insert(strike.degree).second;
  });
}

// How many struck steps lie in a row around this one, it among them.
int run_around(const std::set<int>& struck, int step) {
  int run = 1;
  for (int s = step - 1; struck.contains(s); --s) ++run;
  for (int s = step + 1; struck.contains(s); ++s) ++run;
  return run;
}

// Four strikes in a row are three: the last sixteenth of a beat is held over. Counted from the beat, so that
// what happens at one place never moves the rest, and without the hand's bulges, which come and go.
void break_runs(std::vector<Strike>& strikes) {
  std::set<int> struck;
  for (const Strike& strike : strikes)
    if (!strike.ghost) struck.insert(strike.step);
  const auto held_over = [&](int step) {
    return step % 4 == 3 && struck.contains(step) && run_around(struck, step) > most_in_a_row;
  };
  for (Strike& strike : strikes)
    if (held_over(strike.step + 1)) strike.length = std::max(strike.length, 2);
  std::erase_if(strikes, [&](const Strike& strike) { return held_over(strike.step); });
}

// A bulge that would make four strikes in a row sounds together with the strike beside it instead: it takes
// no place from what is drawn.
void join_crowding_ghosts(std::vector<Strike>& strikes) {
  std::set<int> struck;
  for (const Strike& strike : strikes)
    if (!strike.ghost) struck.insert(strike.step);
  for (Strike& strike : strikes) {
    if (!strike.ghost) continue;
    if (run_around(struck, strike.step) > most_in_a_row)
      strike.step += struck.contains(strike.step - 1) ? -1 : 1;
    struck.insert(strike.step);
  }
}

// The lowest strike of step 0 becomes the root below it; where nothing strikes there, one is added.
void root_on_first_step(std::vector<Strike>& strikes, const Key& key) {
  if (strikes.empty() || strikes.front().step != 0) {
    strikes.insert(strikes.begin(), {0, 1, 0, 90, nullptr});
    return;
  }
  const int size = scale_size(key);
  auto& lowest =
      *std::ranges::min_element(strikes, {}, [](const Strike& s) { return std::pair(s.step, s.degree); });
  lowest.degree -= lowest.degree % size;
  const int root = lowest.degree;
  bool kept = false;
  std::erase_if(
      strikes, [&](const Strike& s) { return s.step == 0 && s.degree == root && std::exchange(kept, true); });
}

void explain_note(Draft& draft, const Figures& figures, const Strike& strike, int steps, std::size_t index) {
  const std::string place = "/tracks/0/patterns/0/notes/" + std::to_string(index);
  const double left = static_cast<double>(strike.step) / steps, width = 1.0 / steps;
  if (!strike.figure)
    return draft.explain(place, figures.slice(left, 0, left + width, 1), "nothing at the left edge",
                         "root-first");
  const Figure& figure = *strike.figure;
  const double from = std::clamp(left, figure.left, figure.right - 0.01),
               to = std::max(from + 0.01, std::min(left + width * strike.length, figure.right));
  draft.explain(place, figures.slice(from, figure.top, to, figure.bottom), named(*figure.shape),
                strike.step == 0 ? "root-first" : "shape-rhythm");
}

void explain_ghost(Draft& draft, const Figures& figures, const Strike& strike, std::size_t index) {
  draft.explain("/tracks/0/patterns/0/notes/" + std::to_string(index), figures.region(*strike.figure),
                "the hand's bulge in " + named(*strike.figure->shape), "hand-ghosts");
}

Pattern pattern_of(Draft& draft, const Figures& figures, const std::vector<Strike>& strikes, int steps) {
  Pattern pattern{"a", steps * ticks_per_step, {}, {}};
  std::map<int, Note*> sounding;
  pattern.notes.reserve(strikes.size());
  for (const Strike& strike : strikes) {
    const int accent = strike.step % 4 == 0 ? 8 : 0;
    const int length = std::min(strike.length, steps - strike.step);
    const Tick gate = strike.length > 1 ? length * ticks_per_step : ticks_per_step * 3 / 4;
    const Note note{strike.step * ticks_per_step, gate,
                    scale_pitch(draft.session.key, strike.degree, lowest_octave),
                    std::min(127, strike.velocity + accent)};
    if (const auto held = sounding.find(note.pitch); held != sounding.end())
      held->second->duration = std::min(held->second->duration, note.start - held->second->start);
    if (strike.ghost)
      explain_ghost(draft, figures, strike, pattern.notes.size());
    else
      explain_note(draft, figures, strike, steps, pattern.notes.size());
    pattern.notes.push_back(note);
    sounding[note.pitch] = &pattern.notes.back();
  }
  return pattern;
}

}  // namespace

void add_lead_pattern(Draft& draft, const Figures& figures, int bars) {
  const int steps = 16 * bars;
  std::vector<Strike> strikes;
  for (const Figure& figure : figures.all()) strike_figure(draft, figure, steps, strikes);
  add_ghosts(draft, figures, bars, strikes);
  break_runs(strikes);
  join_crowding_ghosts(strikes);
  limit_voices(strikes);
  root_on_first_step(strikes, draft.session.key);
  Track& lead = draft.session.tracks.front();
  lead.patterns.push_back(pattern_of(draft, figures, strikes, steps));
  draft.explain("/tracks/0/patterns/0", figures.frame(), std::to_string(figures.all().size()) + " figures",
                "shape-rhythm");
  play_in_section(draft, lead);
}

}  // namespace doodled::composing
