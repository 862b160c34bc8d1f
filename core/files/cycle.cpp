#include "core/files/cycle.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace doodled {
namespace {

// sin and cos of the angles 2 pi i / length, each computed once.
struct Circle {
  explicit Circle(std::size_t length) : sine(length), cosine(length) {
    for (std::size_t i = 0; i < length; ++i) {
      const double angle = 2 * std::numbers::pi * static_cast<double>(i) / static_cast<double>(length);
      sine[i] = std::sin(angle);
      cosine[i] = std::cos(angle);
    }
  }
  std::vector<double> sine, cosine;
};

}  // namespace

Partials partials_of(std::span<const double> samples) {
  const std::size_t count = samples.size(), last = std::min(count / 2, most_partials);
  const Circle circle(count);
  Partials partials{std::vector<double>(last + 1), std::vector<double>(last + 1)};
  for (std::size_t k = 0; k <= last; ++k) {
    std::size_t angle = 0;  // k * i, modulo count
    for (const double sample : samples) {
      partials.cosine[k] += sample * circle.cosine[angle];
      partials.sine[k] += sample * circle.sine[angle];
      angle = angle + k < count ? angle + k : angle + k - count;
    }
    const double weight = (k == 0 || 2 * k == count ? 1.0 : 2.0) / static_cast<double>(count);
    partials.cosine[k] *= weight;
    partials.sine[k] *= weight;
  }
  return partials;
}

std::vector<float> cycle_of(const Partials& partials, std::size_t length, std::size_t highest) {
  const Circle circle(length);
  const auto last = std::min({highest, partials.cosine.size() - 1, (length - 1) / 2});
  std::vector<double> cycle(length);
  for (std::size_t k = 1; k <= last; ++k) {
    std::size_t angle = 0;
    for (double& value : cycle) {
      value += partials.cosine[k] * circle.cosine[angle] + partials.sine[k] * circle.sine[angle];
      angle = angle + k < length ? angle + k : angle + k - length;
    }
  }
  return {cycle.begin(), cycle.end()};
}

std::vector<float> resampled_cycle(std::span<const double> samples, std::size_t length) {
  auto cycle = cycle_of(partials_of(samples), length, length / 2);
  float loudest = 0;
  for (const float value : cycle) loudest = std::max(loudest, std::abs(value));
  if (loudest > 1e-9F)
    for (float& value : cycle) value /= loudest;
  return cycle;
}

}  // namespace doodled
