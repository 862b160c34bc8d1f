// Band-limited waves, read from tables: one table an octave, each without the partials that would fold back
// at that octave's highest pitch.
#pragma once
#include <span>
#include <vector>

#include "core/files/cycle.hpp"
#include "core/music/session.hpp"

namespace doodled::audition {

inline constexpr int sample_rate = 44100;  // samples a second of everything in this room

class WaveTable {
 public:
  explicit WaveTable(const Partials& partials);

  // `phase` 0..1; `frequency` in Hz chooses the table.
  float at(double phase, double frequency) const;

 private:
  std::vector<std::vector<float>> octaves_;  // [i] is good up to lowest * 2^(i+1)
};

// sine, triangle, saw, square as textbooks have them; peaks near 1. Not for noise and wavetable.
Partials partials_of(Wave wave);

}  // namespace doodled::audition
