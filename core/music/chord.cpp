#include "core/music/chord.hpp"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <limits>

#include "core/music/modulo.hpp"

namespace doodled {
namespace {

void sort_unique(std::vector<int>& values) {
  std::ranges::sort(values);
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

std::optional<std::vector<int>> spelled_chord(std::string_view text, MiddleC middle_c) {
  std::vector<int> pitches;
  while (!text.empty()) {
    // The hyphen of a negative octave ('C-1') follows an accidental or letter; a separator follows a digit.
    std::size_t end = text.find_first_of("-+, ", 0);
    if (end != std::string_view::npos && end > 0 && !std::isdigit(static_cast<unsigned char>(text[end - 1])))
      end = text.find_first_of("-+, ", end + 1);
    const auto pitch = pitch_from_name(text.substr(0, end), middle_c);
    if (!pitch) return std::nullopt;
    pitches.push_back(*pitch);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  sort_unique(pitches);
  return pitches;
}

// The pitch classes that `voices` voices sing, the bass first where the chord names one.
std::vector<int> voices_of(const Chord& chord, int voices) {
  std::vector<int> intervals = chord.intervals;
  const auto size = [&] { return static_cast<int>(intervals.size()) + (chord.bass ? 1 : 0); };
  for (const int spare : {7, 0})
    if (size() > voices) std::erase(intervals, spare);
  while (size() > voices && intervals.size() > 1) intervals.erase(intervals.end() - 2);
  std::vector<int> classes;
  if (chord.bass) classes.push_back(*chord.bass);
  for (const int interval : intervals) {
    const int sung = pitch_class(chord.root + interval);
    if (!chord.bass || sung != *chord.bass || size() <= voices) classes.push_back(sung);
  }
  for (int extra = 0; static_cast<int>(classes.size()) < voices; ++extra)
    classes.push_back(pitch_class(chord.root + (extra % 2 ? 7 : 0)));
  classes.resize(static_cast<std::size_t>(voices));
  return classes;
}

// Every way to stack `classes` in close position upwards from a lowest pitch of the range.
class Voicings {
 public:
  Voicings(std::vector<int> classes, bool fixed_bass, VoiceRange range)
      : classes_(std::move(classes)), fixed_bass_(fixed_bass), range_(range) {}

  template <class Visit>
  void each(Visit visit) const {
    auto order = classes_;
    const auto first = order.begin() + (fixed_bass_ ? 1 : 0);
    std::sort(first, order.end());
    const std::size_t turns = std::max<std::size_t>(1, static_cast<std::size_t>(order.end() - first));
    for (std::size_t turn = 0; turn < turns; ++turn) {
      for (int lowest = range_.lowest; lowest <= range_.highest; ++lowest)
        if (pitch_class(lowest) == order.front()) stack(order, lowest, visit);
      if (first != order.end()) std::rotate(first, first + 1, order.end());
    }
  }

 private:
  template <class Visit>
  void stack(const std::vector<int>& order, int lowest, Visit visit) const {
    std::vector<int> pitches{lowest};
    for (std::size_t i = 1; i < order.size(); ++i) {
      const int step = pitch_class(order[i] - pitches.back());
      pitches.push_back(pitches.back() + (step == 0 ? 12 : step));
    }
    if (pitches.back() <= range_.highest) visit(pitches);
  }

  std::vector<int> classes_;
  bool fixed_bass_;
  VoiceRange range_;
};

// Semitones that all voices move together; voices that come or go cost as much as a fourth. Outer voices in
// parallel octaves or fifths cost a little more.
int movement(std::span<const int> before, const std::vector<int>& after) {
  const std::size_t common = std::min(before.size(), after.size());
  int cost = 5 * static_cast<int>(std::max(before.size(), after.size()) - common);
  for (std::size_t i = 0; i < common; ++i)  // counted from the top, where the ear follows
    cost += std::abs(before[before.size() - 1 - i] - after[after.size() - 1 - i]);
  const int was = before.back() - before.front(), is = after.back() - after.front();
  const bool moved = before.front() != after.front();
  if (moved && was == is && (pitch_class(is) == 0 || pitch_class(is) == 7)) cost += 3;
  return cost;
}

int distance_from_middle(const std::vector<int>& pitches, VoiceRange range) {
  int cost = pitches.back() - pitches.front();
  for (const int pitch : pitches) cost += std::abs(2 * pitch - range.lowest - range.highest) / 2;
  return cost;
}

}  // namespace

std::vector<int> voiced(const Chord& chord, int octave) {
  const int base = (octave + 1) * 12 + chord.root;
  std::vector<int> pitches;
  for (const int interval : chord.intervals) pitches.push_back(base + interval);
  if (chord.bass) pitches.push_back(base - pitch_class(base - *chord.bass));
  sort_unique(pitches);
  const bool playable = std::ranges::all_of(pitches, [](int p) { return p >= 0 && p <= 127; });
  return playable ? pitches : std::vector<int>{};
}

std::optional<std::vector<int>> chord_from_name(std::string_view name, int octave, MiddleC middle_c) {
  if (name.empty()) return std::nullopt;
  if (const auto chord = chord_from_symbol(name)) {
    auto pitches = voiced(*chord, octave);
    return pitches.empty() ? std::nullopt : std::optional(std::move(pitches));
  }
  return spelled_chord(name, middle_c);
}

Result<std::vector<int>> read_chord(std::string_view name, int octave, MiddleC middle_c) {
  if (auto pitches = chord_from_name(name, octave, middle_c)) return std::move(*pitches);
  const std::string quoted = "\"" + std::string(name.substr(0, 40)) + "\"";
  // The longest beginning that is a foreign note name: 'Hm7', 'Fis', 'Solm'.
  for (std::size_t size = std::min<std::size_t>(name.size(), 8); size > 0; --size)
    if (const auto english = english_note_name(name.substr(0, size)))
      if (const std::string suggested = *english + std::string(name.substr(size));
          chord_from_name(suggested, octave, middle_c))
        return Error{"invalid_chord", quoted + " is not an English chord name: write " + suggested};
  return Error{"invalid_chord", quoted + " is no chord, such as 'Em9' or 'C4-E4-G4'"};
}

Chord chord_of_degree(const Key& key, int degree, int size) {
  const int root = scale_pitch(key, degree, 4);
  Chord chord{pitch_class(root), {}, std::nullopt};
  for (int i = 0; i < size; ++i) chord.intervals.push_back(scale_pitch(key, degree + 2 * i, 4) - root);
  sort_unique(chord.intervals);
  return chord;
}

Chord inverted(Chord chord, int inversion) {
  const auto size = static_cast<int>(chord.intervals.size());
  if (size == 0 || inversion % size == 0) return chord;
  const auto lowest = static_cast<std::size_t>(((inversion % size) + size) % size);
  chord.bass = pitch_class(chord.root + chord.intervals[lowest]);
  return chord;
}

std::vector<int> lead_voices(std::span<const int> before, const Chord& chord, int voices, VoiceRange range) {
  std::vector<int> best;
  int least = std::numeric_limits<int>::max();
  Voicings(voices_of(chord, std::max(1, voices)), chord.bass.has_value(), range)
      .each([&](const std::vector<int>& pitches) {
        const int cost = before.empty() ? distance_from_middle(pitches, range) : movement(before, pitches);
        if (cost < least) least = cost, best = pitches;
      });
  return best;
}

}  // namespace doodled
