// What plays along with the lead of a drawing: bass, pad and hats.
#include <optional>
#include <set>
#include <stdexcept>
#include <string>

#include "core/compose/drawing_parts.hpp"

namespace doodled::composing {
namespace {

constexpr int bass_octave = 2, pad_octave = 3;
constexpr double slowest_attack = 40;  // ms of the bass: its notes are short

// Adds the track and explains it; gives its pointer.
std::string add_track(Draft& draft, Track track, std::vector<Point> region, const std::string& reading,
                      std::string_view rule) {
  const std::string pointer = track_pointer(draft.session);
  draft.explain(pointer, region, reading, rule);
  draft.explain(pointer + "/patterns/0", std::move(region), reading, rule);
  draft.session.tracks.push_back(std::move(track));
  play_in_section(draft, draft.session.tracks.back());
  return pointer;
}

void explain_patch(Draft& draft, const std::string& pointer, const Patch& patch,
                   const std::vector<Point>& region, const std::string& reading, std::string_view rule) {
  for (std::size_t i = 0; i < patch.oscillators.size(); ++i)
    draft.explain(pointer + "/patch/oscillators/" + std::to_string(i), region, reading, rule);
  for (const char* part : {"filter", "envelope", "drive", "noise", "reverb", "delay"})
    draft.explain(pointer + "/patch/" + part, region, reading, rule);
}

// The lowest edge of all figures between two places, or -1 where nothing is drawn.
double lowest_edge(const Figures& figures, double from, double to) {
  double lowest = -1;
  for (const Figure& figure : figures.all())
    if (std::min(to, figure.right) - std::max(from, figure.left) > 0.5 * (to - from))
      lowest = std::max(lowest, figure.lower(from, to));
  return lowest;
}

// Four heights of the lower edge: the root, the fifth, the octave, and the third above it.
int bass_degree(const Key& key, double y) {
  const int size = scale_size(key);
  const int degrees[] = {0, degree_near(key, 7), size, size + degree_near(key, 4)};
  return degrees[std::clamp(static_cast<int>((1 - y) * 4), 0, 3)];
}

Patch bass_patch(Draft& draft, const Figures& figures) {
  const Patch& lead = *draft.session.tracks.front().patch;
  Patch patch;
  patch.name = "Lower edge";
  const Wave wave =
      lead.oscillators.front().wave == Wave::noise ? Wave::square : lead.oscillators.front().wave;
  patch.oscillators = {{wave, 0, 1, 0},
                       {Wave::sine, 0, rounded(draft.rules.value("bass sub", 1 - figures.lift()), 2), -1}};
  patch.filter = {FilterType::lowpass, std::round(lead.filter.cutoff_hz / 3), lead.filter.resonance};
  patch.envelope = {std::round(std::clamp(lead.envelope.attack_ms / 3, 2.0, slowest_attack)),
                    std::round(draft.rules.value("corners decay", figures.corners())), 0.7,
                    std::round(lead.envelope.release_ms / 3)};
  patch.drive = rounded(lead.drive / 2, 2);
  return patch;
}

// How much is seen of what a row of the walk names.
double walk_part(const Figures& figures, std::string_view seen) {
  if (seen == "round") return figures.round();
  if (seen == "taller right") return figures.flare();
  if (seen == "high") return figures.high();
  throw std::out_of_range("the bass can't walk by \"" + std::string(seen) + "\"");
}

std::optional<int> walk_degree(const Key& key, const Figures& figures, const WalkRule& rule) {
  const auto count = rule.notes.size();
  const auto at = static_cast<std::size_t>(walk_part(figures, rule.seen) * static_cast<double>(count));
  const auto semitones = rule.notes[std::min(at, count - 1)];
  if (!semitones) return std::nullopt;
  const int octave = *semitones < 0 ? -1 : *semitones / 12;
  return octave * scale_size(key) + degree_near(key, *semitones - 12 * octave);
}

struct BassNote {
  int step;  // sixteenth
  int degree;
  const WalkRule* walk = nullptr;  // null on the beats
};

// Eighths: the edge on the beats, and the walk between them.
std::vector<BassNote> bass_line(const Draft& draft, const Figures& figures, int beats) {
  const Key& key = draft.session.key;
  std::vector<BassNote> line;
  for (int beat = 0; beat < beats; ++beat) {
    const double y = lowest_edge(figures, static_cast<double>(beat) / beats, (beat + 1.0) / beats);
    if (beat == 0 || y >= 0) line.push_back({4 * beat, beat == 0 ? 0 : bass_degree(key, y)});
    const auto walk = std::ranges::find(draft.rules.walk, beat % 4, &WalkRule::beat);
    if (walk == draft.rules.walk.end()) continue;
    if (const auto degree = walk_degree(key, figures, *walk)) line.push_back({4 * beat + 2, *degree, &*walk});
  }
  return line;
}

void explain_bass(Draft& draft, const Figures& figures, const std::string& place, const BassNote& note,
                  int beats) {
  if (note.walk) {
    const std::string seen = note.walk->seen + " " + per_cent(walk_part(figures, note.walk->seen));
    return draft.explain(place, figures.frame(), seen, "bass-walk");
  }
  const double left = note.step / (4.0 * beats);
  draft.explain(place, figures.slice(left, 0.5, left + 1.0 / beats, 1),
                note.step == 0 ? "the left edge" : "the lower edge",
                note.step == 0 ? "root-first" : "edge-bass");
}

int bass_velocity(const BassNote& note) { return note.walk ? 80 : note.step % 16 == 0 ? 108 : 92; }

// A chord on the degree that the middle of the outer figure points at: I, IV, V or vi.
int chord_root(const Figure& outer) {
  constexpr std::array roots{0, 3, 4, 5};
  return roots[static_cast<std::size_t>(std::clamp((1 - (outer.top + outer.bottom) / 2) * 4, 0.0, 3.0))];
}

std::vector<int> chord_of(const Key& key, int root, bool with_corners) {
  const int degree = degree_near(key, root == 0 ? 0 : root == 3 ? 5 : root == 4 ? 7 : 9);
  std::vector<int> degrees{degree, chord_degree(key, degree + 2, degree),
                           chord_degree(key, degree + 4, degree)};
  if (with_corners) degrees.push_back(degree + scale_size(key));
  std::ranges::sort(degrees);
  degrees.erase(std::unique(degrees.begin(), degrees.end()), degrees.end());
  return degrees;
}

Patch pad_patch(const Draft& draft) {
  const Patch& lead = *draft.session.tracks.front().patch;
  Patch patch;
  patch.name = "Around";
  patch.oscillators = {{Wave::triangle, -5, 1, 0}, {Wave::sine, 5, 0.6, 0}};
  patch.filter = {FilterType::lowpass, std::round(lead.filter.cutoff_hz / 2), 0.1};
  patch.envelope = {300, 600, 0.8, 1200};
  patch.reverb = rounded(std::min(1.0, lead.reverb + 0.2), 2);
  return patch;
}

std::vector<const Figure*> outer_figures(const Figures& figures) {
  std::set<int> around;
  for (const Figure& figure : figures.all()) around.insert(figure.inside);
  std::vector<const Figure*> outer;
  for (std::size_t i = 0; i < figures.all().size(); ++i)
    if (around.contains(static_cast<int>(i))) outer.push_back(&figures.all()[i]);
  return outer;
}

struct Held {
  int first, end;  // beats
  const Figure* figure;
};

// The chords one after the other: one that begins ends the one before it.
std::vector<Held> held_chords(const std::vector<const Figure*>& outer, int beats) {
  std::vector<Held> held;
  for (const Figure* figure : outer) {
    const int first = std::clamp(static_cast<int>(std::lround(figure->left * beats)), 0, beats - 1);
    const int end = std::clamp(static_cast<int>(std::lround(figure->right * beats)), first + 1, beats);
    held.push_back({first, end, figure});
  }
  std::ranges::stable_sort(held, {}, &Held::first);
  std::vector<Held> kept;
  for (const Held& next : held) {
    if (!kept.empty() && kept.back().first == next.first) continue;
    if (!kept.empty()) kept.back().end = std::min(kept.back().end, next.first);
    kept.push_back(next);
  }
  return kept;
}

constexpr int hat_channel = 10;
constexpr double dense_hatching = 0.65;  // of it is ink: sixteenths

}  // namespace

void add_bass(Draft& draft, const Figures& figures, int bars) {
  const int beats = 4 * bars;
  const Tick beat = ticks_per_quarter;
  const Key& key = draft.session.key;
  Track track{"bass", "Bass", Role::bass, 2, bass_patch(draft, figures), {}, {{"a", beats * beat, {}, {}}}};
  const std::string pointer = track_pointer(draft.session);
  auto& notes = track.patterns.front().notes;
  for (const BassNote& note : bass_line(draft, figures, beats)) {
    explain_bass(draft, figures, pointer + "/patterns/0/notes/" + std::to_string(notes.size()), note, beats);
    notes.push_back({note.step * ticks_per_step, 2 * ticks_per_step,
                     scale_pitch(key, note.degree, bass_octave), bass_velocity(note)});
  }
  explain_patch(draft, pointer, *track.patch, figures.frame(), "the drawing, darker", "edge-bass");
  add_track(draft, std::move(track), figures.frame(), "the lower edge of the drawing", "edge-bass");
}

void add_pad(Draft& draft, const Figures& figures, int bars) {
  const auto outer = outer_figures(figures);
  if (outer.empty()) return;
  const int beats = 4 * bars;
  const Tick beat = ticks_per_quarter;
  const Key& key = draft.session.key;
  Track track{"pad", "Pad", Role::pad, 3, pad_patch(draft), {}, {{"a", beats * beat, {}, {}}}};
  const std::string pointer = track_pointer(draft.session);
  for (const auto& [first, end, figure] : held_chords(outer, beats)) {
    const bool corners = figure->sharpness >= 0.5;
    for (const int degree : chord_of(key, chord_root(*figure), corners)) {
      auto& notes = track.patterns.front().notes;
      draft.explain(pointer + "/patterns/0/notes/" + std::to_string(notes.size()), figures.region(*figure),
                    "others inside " + named(*figure->shape), "nested-pad");
      notes.push_back({first * beat, (end - first) * beat, scale_pitch(key, degree, pad_octave), 72});
    }
  }
  const auto region = figures.region(*outer.front());
  explain_patch(draft, pointer, *track.patch, region, "what lies around other figures", "nested-pad");
  add_track(draft, std::move(track), region, "what lies around other figures", "nested-pad");
}

void add_hats(Draft& draft, const Figures& figures, int bars) {
  const int steps = 16 * bars;
  std::map<int, const Figure*> struck;
  for (const Figure& figure : figures.all()) {
    if (!figure.hatched) continue;
    const int every = figure.shape->fill > dense_hatching ? 1 : 2;
    const int first = std::clamp(static_cast<int>(std::lround(figure.left * steps)), 0, steps - 1);
    const int end = std::clamp(static_cast<int>(std::lround(figure.right * steps)), first + 1, steps);
    for (int step = first; step < end; ++step)
      if (step % every == 0) struck.emplace(step, &figure);
  }
  if (struck.empty()) return;
  const DrumRule& hat = draft.rules.drums[std::min<std::size_t>(2, draft.rules.drums.size() - 1)];
  Track track{"hats",
              "Hats",
              Role::drums,
              hat_channel,
              std::nullopt,
              {{hat.pad, hat.role, hat.pitch}},
              {{"a", steps * ticks_per_step, {}, {}}}};
  const std::string pointer = track_pointer(draft.session);
  for (const auto& [step, figure] : struck) {
    auto& notes = track.patterns.front().notes;
    draft.explain(pointer + "/patterns/0/notes/" + std::to_string(notes.size()), figures.region(*figure),
                  named(*figure->shape), "hatching-hats");
    notes.push_back({step * ticks_per_step, ticks_per_step / 2, hat.pitch, step % 4 == 0 ? 96 : 72});
  }
  const auto region = figures.region(*struck.begin()->second);
  draft.explain(pointer + "/pads/0", region, "hatching", "hatching-hats");
  add_track(draft, std::move(track), region, "hatching", "hatching-hats");
}

}  // namespace doodled::composing
