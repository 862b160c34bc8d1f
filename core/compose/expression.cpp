#include "core/compose/expression.hpp"

#include <algorithm>
#include <cmath>

namespace doodled::composing {
namespace {

constexpr int most_points = 9;

double to_hundredths(double value) { return std::round(value * 100) / 100; }

double sample_at(std::span<const double> samples, double position) {
  const double place = std::clamp(position, 0.0, 1.0) * static_cast<double>(samples.size() - 1);
  const auto index = static_cast<std::size_t>(place);
  const double part = place - std::floor(place);
  return samples[index] * (1 - part) + samples[std::min(index + 1, samples.size() - 1)] * part;
}

}  // namespace

std::vector<Expression> expression_along(Dimension dimension, std::span<const double> samples, double from,
                                         double until, double low, double high) {
  if (samples.empty()) return {};
  Expression curve{dimension, {}};
  for (int i = 0; i < most_points; ++i) {
    const double position = static_cast<double>(i) / (most_points - 1);
    const double sample = sample_at(samples, from + (until - from) * position);
    curve.points.push_back({position, to_hundredths(low + (high - low) * (sample + 1) / 2)});
  }
  return {curve};
}

Expression swell(Dimension dimension, double peak) {
  return {dimension,
          {{0, to_hundredths(peak / 4)}, {0.33, to_hundredths(peak)}, {1, to_hundredths(peak / 2)}}};
}

Expression scoop(double semitones) { return {Dimension::bend, {{0, -semitones}, {0.125, 0}}}; }

void set_expression(Note& note, Expression curve) {
  std::erase_if(note.expression, [&](const Expression& e) { return e.dimension == curve.dimension; });
  const auto place = std::ranges::upper_bound(note.expression, curve.dimension, {}, &Expression::dimension);
  note.expression.insert(place, std::move(curve));
}

}  // namespace doodled::composing
