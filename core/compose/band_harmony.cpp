#include "core/compose/band_harmony.hpp"

#include <algorithm>
#include <array>
#include <iterator>

namespace doodled::composing {
namespace {

using Degrees = std::array<int, 4>;
constexpr Degrees minor_progressions[] = {{0, 5, 2, 6}, {0, 3, 5, 4}, {0, 5, 3, 6}, {0, 2, 5, 6},
                                          {0, 6, 5, 6}, {0, 3, 6, 2}, {5, 6, 0, 0}};
constexpr Degrees major_progressions[] = {{0, 4, 5, 3}, {0, 5, 3, 4}, {0, 3, 0, 4}, {0, 2, 3, 4},
                                          {3, 0, 4, 5}, {0, 5, 1, 4}, {0, 1, 3, 4}};

bool has_major_third(const Key& key) { return in_key(key.tonic + 4 + 60, key); }

}  // namespace

std::vector<Chord> progression_of(const Brief& brief) {
  if (!brief.chords.empty()) return brief.chords;
  Random random(part_seed(brief.seed, "progression"));
  const bool major = has_major_third(brief.key);
  const int choice = random.below(static_cast<int>(std::size(minor_progressions)));
  const auto& degrees = (major ? major_progressions : minor_progressions)[choice];
  std::vector<Chord> chords;
  for (const int degree : degrees) chords.push_back(chord_of_degree(brief.key, degree, brief.chord_size));
  return chords;
}

std::vector<std::vector<int>> voices_through(const std::vector<Chord>& chords, int bars, int voices,
                                             VoiceRange range) {
  std::vector<std::vector<int>> all;
  for (int bar = 0; bar < bars; ++bar) {
    const auto& chord = chords[static_cast<std::size_t>(bar) % chords.size()];
    std::vector<int> before = all.empty() ? std::vector<int>{} : all.back();
    auto pitches = lead_voices(before, chord, voices, range);
    all.push_back(std::move(pitches.empty() ? before : pitches));
  }
  return all;
}

std::string chord_name(const Chord& chord) {
  if (auto symbol = chord_symbol(chord); !symbol.empty()) return symbol;
  std::string spelled;
  for (const int pitch : voiced(chord, 3)) spelled += (spelled.empty() ? "" : "-") + pitch_name(pitch);
  return spelled;
}

}  // namespace doodled::composing
