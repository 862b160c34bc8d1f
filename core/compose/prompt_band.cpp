#include "core/compose/prompt_band.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>

#include "core/base/random.hpp"
#include "core/compose/styles.hpp"
#include "core/music/modulo.hpp"

namespace doodled::composing {
namespace {

// The fewest foreign notes; of equals the first chord's own root, then the scales in this order.
Key key_of_chords(const std::vector<Chord>& chords) {
  constexpr std::array<std::string_view, 6> candidates = {"minor",      "major",          "dorian",
                                                          "mixolydian", "harmonic_minor", "phrygian"};
  std::set<int> notes;
  for (const auto& chord : chords)
    for (const int interval : chord.intervals) notes.insert((chord.root + interval) % 12);
  Key best{chords.front().root, "minor", {}};
  int least = 1000;
  for (const auto& chord : chords)
    for (const auto scale : candidates) {
      const Key key{chord.root, std::string(scale), {}};
      const auto foreign = std::ranges::count_if(notes, [&](int note) { return !in_key(note, key); });
      const int cost = static_cast<int>(foreign) * 10 + (chord.root != chords.front().root);
      if (cost < least) least = cost, best = key;
    }
  return best;
}

// A key that has the notes of the chords as well, so that what was asked for is not "corrected".
Key with_chords(const Key& key, const std::vector<Chord>& chords) {
  std::set<int> intervals(intervals_of(key).begin(), intervals_of(key).end());
  const auto before = intervals.size();
  for (const auto& chord : chords)
    for (const int interval : chord.intervals)
      intervals.insert(pitch_class(chord.root + interval - key.tonic));
  if (intervals.size() == before) return key;
  return {key.tonic, key.scale + "_and_chords", {intervals.begin(), intervals.end()}};
}

Key key_for(const ComposeOptions& options, const Wish& wish, const Style& style) {
  constexpr std::array<int, 6> tonics = {9, 0, 4, 2, 7, 5};  // A C E D G F
  const std::string scale = options.scale ? *options.scale : std::string(style.scale);
  Random random(part_seed(options.seed, "tonic"));
  const int tonic = tonics[static_cast<std::size_t>(random.below(static_cast<int>(tonics.size())))];
  const Key key = options.key            ? *options.key
                  : !wish.chords.empty() ? key_of_chords(wish.chords)
                                         : Key{tonic, scale, {}};
  return with_chords(key, wish.chords);
}

Brief brief_for(const ComposeOptions& options, const Wish& wish) {
  const auto& style = style_of(options.style.value_or(wish.energy < -0.15 ? "ambient" : "house"));
  Brief brief;
  brief.genre = std::string(style.genre);
  brief.key = key_for(options, wish, style);
  brief.tempo_bpm =
      options.tempo_bpm.value_or(std::clamp(std::round(style.tempo_bpm * wish.tempo_factor), 40.0, 200.0));
  brief.meter = options.meter.value_or(Meter{});
  brief.swing = options.swing.value_or(style.swing);
  brief.parts = asked_parts(options, wish, usual_parts(style.genre));
  brief.chords = wish.chords;
  brief.chord_size = style.chord_size;
  brief.expressive = options.device != "mpc" && options.device != "general_midi";
  brief.seed = options.seed;
  apply_moods(brief, wish);
  brief.density = options.density.value_or(brief.density);
  return brief;
}

// A usual course through so many sections, louder or softer by the mood.
std::vector<double> course(int sections, double energy) {
  std::vector<double> energies;
  for (int i = 0; i < sections; ++i) {
    const double place = sections == 1 ? 0.7 : static_cast<double>(i) / (sections - 1);
    const double arch = sections == 2  ? 0.45 + 0.4 * place  // no room for a way back
                        : place < 0.75 ? 0.25 + place
                                       : 1.0 - 3 * (place - 0.75);
    const double dip = sections > 4 && i == sections / 2 ? -0.35 : 0;
    energies.push_back(std::clamp(arch + dip + energy * 0.4, 0.1, 1.0));
  }
  return energies;
}

std::string title_of(std::string_view prompt) {
  std::string title(prompt.substr(0, 80));
  while (!title.empty() && (static_cast<unsigned char>(title.back()) & 0xc0) == 0x80 && prompt.size() > 80)
    title.pop_back();
  return title;
}

}  // namespace

ComposeOptions with_wish(ComposeOptions options, const Wish& wish) {
  if (!options.key) options.key = wish.key;
  if (!options.scale && wish.scale && !options.key) options.scale = std::string(*wish.scale);
  if (!options.tempo_bpm) options.tempo_bpm = wish.tempo_bpm;
  if (!options.meter) options.meter = wish.meter;
  if (!options.swing) options.swing = wish.swing;
  if (!options.bars && wish.bars && *wish.bars <= 256) options.bars = wish.bars;
  if (!options.style && wish.genre) options.style = std::string(*wish.genre);
  if (options.parts.empty() && !needs_picture(options.mode)) options.parts = wish.parts;
  return options;
}

void apply_moods(Brief& brief, const Wish& wish) {
  const auto moved = [](double value, double change) { return std::clamp(value + change, 0.0, 1.0); };
  brief.brightness = moved(brief.brightness, wish.brightness);
  brief.density = moved(brief.density, wish.density);
  brief.space = moved(brief.space, wish.space);
  brief.grain = moved(brief.grain, wish.grain);
  if (wish.sevenths) brief.chord_size = std::max(4, brief.chord_size);
}

std::vector<Role> asked_parts(const ComposeOptions& options, const Wish& wish,
                              const std::vector<Role>& usual) {
  auto parts = !options.parts.empty() ? options.parts : !wish.parts.empty() ? wish.parts : usual;
  std::erase_if(parts,
                [&](Role role) { return std::ranges::find(wish.unwanted, role) != wish.unwanted.end(); });
  if (parts.empty()) parts.push_back(Role::pad);
  return parts;
}

Result<Session> compose_prompt(const ComposeOptions& options, const Wish& wish) {
  if (options.prompt.find_first_not_of(" \t\r\n") == std::string::npos)
    return Error{"prompt_required", "the mode 'prompt' needs words", {{"prompt", "is missing"}}};
  const int bars = options.bars.value_or(16);
  const auto form = plan_form(bars, course(sections_for(bars), wish.energy));
  Session session = play_band(brief_for(options, wish), form);
  session.mode = "prompt";
  session.title = title_of(options.prompt);
  explain_wish(session, wish);
  return session;
}

void explain_wish(Session& session, const Wish& wish) {
  for (const auto& understood : wish.understood)
    session.evidence.push_back({understood.pointer,
                                std::nullopt,
                                {},
                                "\"" + understood.words.substr(0, 200) + "\": " + understood.meaning,
                                "prompt-words"});
  if (wish.unread > 0)
    session.evidence.push_back(
        {"",
         std::nullopt,
         {},
         "not read, since there are so many words: the last " + std::to_string(wish.unread),
         "prompt-cut"});
  std::string unknown;
  std::size_t named = 0;
  for (const auto& word : wish.not_understood) {
    if (unknown.size() > 400) break;
    ++named;
    const auto english = english_note_name(word);
    unknown += (unknown.empty() ? "" : ", ") + ("\"" + word.substr(0, 60) + "\"") +
               (english && word.size() > 1 ? " (a note? write " + *english + ")" : "");
  }
  if (const auto more = wish.not_understood.size() - named; more > 0)
    unknown += " and " + std::to_string(more) + " more";
  if (!unknown.empty())
    session.evidence.push_back({"", std::nullopt, {}, "not understood: " + unknown, "prompt-not-understood"});
}

}  // namespace doodled::composing
