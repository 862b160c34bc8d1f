// Degrees and chords of a key, in steps of its scale.
#include <cstdlib>

#include "core/compose/draft.hpp"

namespace doodled::composing {
namespace {

// Semitones of a degree, which may lie octaves up or down.
int semitones(const Key& key, int degree) {
  const auto intervals = intervals_of(key);
  const int size = static_cast<int>(intervals.size());
  const int octave = degree >= 0 ? degree / size : -((size - 1 - degree) / size);
  return 12 * octave + intervals[static_cast<std::size_t>(degree - octave * size)];
}

}  // namespace

int scale_size(const Key& key) { return static_cast<int>(intervals_of(key).size()); }

int degree_near(const Key& key, int wanted) {
  int best = 0;
  for (int degree = -scale_size(key); degree <= 2 * scale_size(key); ++degree)
    if (std::abs(semitones(key, degree) - wanted) < std::abs(semitones(key, best) - wanted)) best = degree;
  return best;
}

// The chord's own degrees are the root, and what of the scale is nearest to the third and fifth above it.
int chord_degree(const Key& key, int degree, int root) {
  const int size = scale_size(key), base = semitones(key, root);
  const int tones[] = {root, degree_near(key, base + 4), degree_near(key, base + 7)};
  int best = degree, least = 1000;
  for (const int tone : tones)
    for (int octave = -3; octave <= 3; ++octave)
      if (const int candidate = tone + octave * size; std::abs(candidate - degree) < least)
        best = candidate, least = std::abs(candidate - degree);
  return best;
}

}  // namespace doodled::composing
