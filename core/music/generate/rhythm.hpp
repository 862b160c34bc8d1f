// Rhythms that are made by rule or by chance. Seeded: the same Random state gives the same result.
#pragma once
#include <vector>

#include "core/base/random.hpp"
#include "core/music/session.hpp"

namespace doodled::generate {

// `pulses` spread over `steps` as evenly as they go; the first step strikes unless `rotation` (steps, to the
// right) moves it. Toussaint, "The Euclidean algorithm generates traditional musical rhythms", 2005.
// steps 1..1024; pulses are clamped into 0..steps.
std::vector<bool> euclid(int steps, int pulses, int rotation = 0);

// A chance for each pitch at each step: rows of equal length, values 0..1.
struct ProbabilityMatrix {
  std::vector<int> pitches;                        // one a row, 0..127
  std::vector<std::vector<double>> probabilities;  // [row][step]
  Tick step = ticks_per_step;
  int velocity = 100;
};
// One draw. At most `voices` pitches strike at one step, the likelier first.
std::vector<Note> draw(const ProbabilityMatrix& matrix, int voices, Random& random);
// The notes of a pattern as chances: 1 where a note strikes, weakened by `doubt` (0..1), which also gives
// every other step of a used pitch a chance of doubt / 4. Notes between the steps count for the nearest one.
ProbabilityMatrix matrix_of(const Pattern& pattern, Tick step, double doubt);

// Splits notes into 2..4 strikes each with the chance `amount` (0..1); short notes stay whole.
void add_ratchets(std::vector<Note>& notes, double amount, Random& random);
// Gives notes off the beat a probability between 1 - amount and 1; the first note of the pattern keeps 1.
void add_chance(std::vector<Note>& notes, const Meter& meter, double amount, Random& random);

}  // namespace doodled::generate
