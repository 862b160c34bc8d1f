#include <algorithm>

#include "core/interpret/llm/answer/parts.hpp"
#include "core/interpret/words.hpp"
#include "core/music/chord.hpp"

namespace doodled::llm {
namespace {

constexpr int silence = 0, held = 1;

int number(const Json& list, std::size_t index) { return list.at(index % list.size()).get<int>(); }

int bars_of(const Lowering& lowering, std::size_t steps) {
  const Tick length = static_cast<Tick>(steps) * ticks_per_step;
  const int bars = static_cast<int>((length + lowering.bar() - 1) / lowering.bar());
  return std::clamp(bars, 1, lowering.most_bars());
}

void sort_notes(Pattern& pattern) {
  std::ranges::stable_sort(pattern.notes, [](const Note& a, const Note& b) {
    return std::pair(a.start, a.pitch) < std::pair(b.start, b.pitch);
  });
}

void add_voice(Pattern& pattern, const Json& voice, std::size_t steps) {
  const auto& row = voice.at("notes");
  bool sounding = false;
  for (std::size_t i = 0; i < steps; ++i) {
    const int value = row.at(i).get<int>();
    if (value == held && sounding) pattern.notes.back().duration += ticks_per_step;
    if (value == silence) sounding = false;
    if (value == silence || value == held) continue;
    pattern.notes.push_back(
        {static_cast<Tick>(i) * ticks_per_step, ticks_per_step, value, number(voice.at("velocities"), i)});
    sounding = true;
  }
}

std::vector<int> pitches_of(const Json& chord) {
  const auto quality = chord.at("quality").get<std::string>();
  const std::string suffix = quality == "major" ? "" : quality == "minor" ? "m" : quality;
  return chord_from_name(chord.at("root").get<std::string>() + suffix).value_or(std::vector<int>{});
}

}  // namespace

Pattern pattern_of_voices(Lowering& lowering, const Json& voices) {
  std::size_t longest = 0;
  for (const auto& voice : voices) longest = std::max(longest, voice.at("notes").size());
  Pattern pattern{"a", bars_of(lowering, longest) * lowering.bar(), {}, {}};
  const auto room = static_cast<std::size_t>(pattern.length / ticks_per_step);
  if (longest > room)
    lowering.note("a melody cut from " + std::to_string(longest) + " to " + std::to_string(room) +
                  " sixteenths");
  for (const auto& voice : voices) add_voice(pattern, voice, std::min(voice.at("notes").size(), room));
  sort_notes(pattern);
  return pattern;
}

// As many bars as chords, or as the job wants: then each chord lasts its share, in whole sixteenths.
Pattern pattern_of_chords(Lowering& lowering, const Json& chords) {
  const auto count = static_cast<Tick>(chords.size());
  const int bars = lowering.pattern_bars.value_or(static_cast<int>(count));
  Pattern pattern{"a", bars * lowering.bar(), {}, {}};
  const Tick steps = pattern.length / ticks_per_step;
  for (Tick i = 0; i < count; ++i) {
    const Tick start = steps * i / count, end = steps * (i + 1) / count;
    if (end == start) continue;
    for (const int pitch : pitches_of(chords.at(static_cast<std::size_t>(i))))
      pattern.notes.push_back({start * ticks_per_step, (end - start) * ticks_per_step, pitch, 80});
  }
  sort_notes(pattern);
  return pattern;
}

namespace {

// The note that stands for the pad; a pad that the track does not have yet is added.
int pitch_of_pad(Track& track, const std::string& pad, const std::string& role) {
  if (const auto known = std::ranges::find(track.pads, pad, &Pad::pad); known != track.pads.end())
    return known->pitch;
  int pitch = drum_from_words(role).value_or(36);
  while (std::ranges::find(track.pads, pitch, &Pad::pitch) != track.pads.end()) pitch = (pitch + 1) % 128;
  track.pads.push_back({pad, role, pitch});
  return pitch;
}

void add_hits(Pattern& pattern, const Json& hits, int pitch) {
  const auto room = static_cast<std::size_t>(pattern.length / ticks_per_step);
  for (std::size_t i = 0; i < std::min(hits.size(), room); ++i)
    if (const int velocity = hits.at(i).get<int>(); velocity > 0)
      pattern.notes.push_back({static_cast<Tick>(i) * ticks_per_step, ticks_per_step, pitch, velocity});
}

}  // namespace

Pattern pattern_of_drums(Lowering& lowering, Track& track, const Json& drums) {
  std::size_t longest = 0;
  for (const auto& row : drums) longest = std::max(longest, row.at("hits").size());
  Pattern pattern{"a", bars_of(lowering, longest) * lowering.bar(), {}, {}};
  for (const auto& row : drums)
    add_hits(pattern, row.at("hits"),
             pitch_of_pad(track, row.at("pad").get<std::string>(), row.at("role").get<std::string>()));
  sort_notes(pattern);
  return pattern;
}

}  // namespace doodled::llm
