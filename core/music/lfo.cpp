#include "core/music/lfo.hpp"

#include <cmath>
#include <numbers>

namespace doodled {

double lfo_at(const LfoShape& lfo, double cycles) {
  const auto size = lfo.samples.size();
  const double position = (cycles - std::floor(cycles)) * static_cast<double>(size);
  const auto index = static_cast<std::size_t>(position) % size;
  double part = position - std::floor(position);
  if (lfo.interpolation == Interpolation::step) part = 0;
  if (lfo.interpolation == Interpolation::smooth) part = (1 - std::cos(part * std::numbers::pi)) / 2;
  return lfo.samples[index] * (1 - part) + lfo.samples[(index + 1) % size] * part;
}

double lfo_seconds(const LfoShape& lfo, double tempo_bpm) {
  return lfo.seconds > 0 ? lfo.seconds : static_cast<double>(lfo.cycle) * tick_ns(tempo_bpm) / 1e9;
}

}  // namespace doodled
