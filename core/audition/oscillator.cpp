#include "core/audition/oscillator.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace doodled::audition {
namespace {

constexpr std::size_t table_length = 2048;
constexpr int octave_count = 11;
constexpr double lowest = 20;  // Hz; the first table serves what is below as well

}  // namespace

WaveTable::WaveTable(const Partials& partials) {
  for (int octave = 0; octave < octave_count; ++octave) {
    const double highest_pitch = lowest * std::exp2(octave + 1);
    const auto most = static_cast<std::size_t>(std::max(1.0, sample_rate / 2.0 / highest_pitch));
    octaves_.push_back(cycle_of(partials, table_length, most));
    octaves_.back().push_back(octaves_.back().front());  // so that reading between two samples never wraps
  }
}

float WaveTable::at(double phase, double frequency) const {
  const int octave = frequency <= lowest ? 0 : std::ilogb(frequency / lowest);
  const auto& table = octaves_[static_cast<std::size_t>(std::min(octave, octave_count - 1))];
  const double position = phase * table_length;
  const auto index = std::min(static_cast<std::size_t>(position), table_length - 1);
  const auto part = static_cast<float>(position - static_cast<double>(index));
  return table[index] + part * (table[index + 1] - table[index]);
}

Partials partials_of(Wave wave) {
  using std::numbers::pi;
  Partials partials{std::vector<double>(most_partials), std::vector<double>(most_partials)};
  for (std::size_t k = 1; k < most_partials; ++k) {
    const auto number = static_cast<double>(k);
    if (wave == Wave::sine && k == 1) partials.sine[k] = 1;
    if (wave == Wave::saw) partials.sine[k] = 2 / (pi * number);
    if (wave == Wave::square && k % 2) partials.sine[k] = 4 / (pi * number);
    if (wave == Wave::triangle && k % 2) partials.cosine[k] = 8 / (pi * pi * number * number);
  }
  return partials;
}

}  // namespace doodled::audition
