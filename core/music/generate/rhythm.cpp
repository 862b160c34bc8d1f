#include "core/music/generate/rhythm.hpp"

#include <algorithm>
#include <map>
#include <tuple>

#include "core/music/meter.hpp"

namespace doodled::generate {

std::vector<bool> euclid(int steps, int pulses, int rotation) {
  steps = std::clamp(steps, 1, 1024);
  pulses = std::clamp(pulses, 0, steps);
  std::vector<bool> rhythm(static_cast<std::size_t>(steps));
  for (int i = 0; i < pulses; ++i) {
    const int at = (i * steps + pulses - 1) / pulses;
    rhythm[static_cast<std::size_t>((((at + rotation) % steps) + steps) % steps)] = true;
  }
  return rhythm;
}

std::vector<Note> draw(const ProbabilityMatrix& matrix, int voices, Random& random) {
  struct Strike {
    std::size_t step;
    double chance;
    std::size_t row;
  };
  std::vector<Strike> strikes;
  for (std::size_t row = 0; row < matrix.pitches.size(); ++row)
    for (std::size_t step = 0; step < matrix.probabilities[row].size(); ++step)
      if (const double chance = matrix.probabilities[row][step]; random.unit() < chance)
        strikes.push_back({step, chance, row});
  std::ranges::sort(strikes, [](const Strike& a, const Strike& b) {
    return std::tuple(a.step, -a.chance, a.row) < std::tuple(b.step, -b.chance, b.row);
  });
  std::vector<Note> notes;
  std::map<std::size_t, int> sounding;
  for (const auto& strike : strikes)
    if (++sounding[strike.step] <= voices)
      notes.push_back({static_cast<Tick>(strike.step) * matrix.step, matrix.step, matrix.pitches[strike.row],
                       matrix.velocity});
  std::ranges::stable_sort(notes, {}, [](const Note& n) { return std::pair(n.start, n.pitch); });
  return notes;
}

ProbabilityMatrix matrix_of(const Pattern& pattern, Tick step, double doubt) {
  ProbabilityMatrix matrix{{}, {}, step, 100};
  const auto steps = static_cast<std::size_t>(std::max<Tick>(1, pattern.length / step));
  std::map<int, std::vector<double>> rows;
  for (const auto& note : pattern.notes) {
    auto& row = rows.try_emplace(note.pitch, steps, doubt / 4).first->second;
    row[std::min(steps - 1, static_cast<std::size_t>((note.start + step / 2) / step))] =
        note.probability * (1 - doubt / 2);
  }
  for (auto& [pitch, row] : rows) {
    matrix.pitches.push_back(pitch);
    matrix.probabilities.push_back(std::move(row));
  }
  return matrix;
}

void add_ratchets(std::vector<Note>& notes, double amount, Random& random) {
  constexpr Tick shortest = ticks_per_step / 4;
  for (auto& note : notes) {
    const bool chosen = random.unit() < amount;
    const int strikes = 2 + random.below(3);
    if (chosen && note.duration / strikes >= shortest) note.ratchet = strikes;
  }
}

void add_chance(std::vector<Note>& notes, const Meter& meter, double amount, Random& random) {
  for (std::size_t i = 0; i < notes.size(); ++i) {
    const double less = random.unit() * amount;
    const bool on_beat = metric_weight(meter, static_cast<int>(notes[i].start / meter.step())) >= 0.5;
    if (i > 0 && !on_beat) notes[i].probability = 1 - static_cast<int>(less * 100) / 100.0;
  }
}

}  // namespace doodled::generate
