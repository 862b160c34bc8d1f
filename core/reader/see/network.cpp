#include "core/reader/see/network.hpp"

#include <algorithm>
#include <cmath>

namespace doodled::sight {
namespace {

constexpr std::size_t block = Network::block;
constexpr int multiplier_bits = 32;

// Values by row, column and plane.
struct Planes {
  int side = 1, planes = 1;
  std::vector<float> values;
};

std::size_t padded(const Network::Layer& layer) { return layer.biases.size(); }

// Adds what a value weighs to the sums of all units, block by block: a fixed length is reckoned side by side.
void weigh(float value, const float* __restrict weights, std::size_t units, float* __restrict sums) {
  for (std::size_t first = 0; first < units; first += block)
    for (std::size_t u = 0; u < block; ++u) sums[first + u] += value * weights[first + u];
}

float passed_on(float sum, std::int64_t multiplier) {
  const std::int64_t level = (static_cast<std::int64_t>(sum) * multiplier) >> multiplier_bits;
  return static_cast<float>(std::clamp<std::int64_t>(level, 0, 255));
}

// Tells a value to the units of all places around it that see it.
void show(float value, int y, int x, int plane, int side, const Network::Layer& layer,
          std::vector<float>& sums) {
  const int reach = layer.size / 2;
  const std::size_t units = padded(layer);
  for (int ky = std::max(0, y + reach - side + 1); ky <= std::min(layer.size - 1, y + reach); ++ky)
    for (int kx = std::max(0, x + reach - side + 1); kx <= std::min(layer.size - 1, x + reach); ++kx) {
      const auto place = static_cast<std::size_t>((y + reach - ky) * side + x + reach - kx);
      const auto weights = static_cast<std::size_t>((ky * layer.size + kx) * layer.inputs + plane);
      weigh(value, layer.weights.data() + weights * units, units, sums.data() + place * units);
    }
}

// The sums of all units at all places.
std::vector<float> sums_at_places(const Planes& in, const Network::Layer& layer) {
  std::vector<float> sums;
  for (int place = 0; place < in.side * in.side; ++place)
    sums.insert(sums.end(), layer.biases.begin(), layer.biases.end());
  const float* value = in.values.data();
  for (int y = 0; y < in.side; ++y)
    for (int x = 0; x < in.side; ++x)
      for (int plane = 0; plane < in.planes; ++plane, ++value)
        if (*value != 0) show(*value, y, x, plane, in.side, layer, sums);  // most of a stamp is paper
  return sums;
}

Planes convolved(const Planes& in, const Network::Layer& layer) {
  const std::vector<float> sums = sums_at_places(in, layer);
  const std::size_t units = padded(layer), row = units * static_cast<std::size_t>(in.side);
  Planes out{in.side / 2, layer.outputs, {}};
  for (int y = 0; y < out.side; ++y)
    for (int x = 0; x < out.side; ++x)
      for (int u = 0; u < out.planes; ++u) {
        const float* at =
            sums.data() + static_cast<std::size_t>(2 * y) * row + static_cast<std::size_t>(2 * x) * units + u;
        const float most = std::max(std::max(at[0], at[units]), std::max(at[row], at[row + units]));
        out.values.push_back(passed_on(most, layer.multiplier));
      }
  return out;
}

std::vector<float> sums_of(const std::vector<float>& values, const Network::Layer& layer) {
  std::vector<float> sums = layer.biases;
  const std::size_t units = padded(layer);
  for (std::size_t i = 0; i < values.size(); ++i)
    if (values[i] != 0) weigh(values[i], layer.weights.data() + i * units, units, sums.data());
  sums.resize(static_cast<std::size_t>(layer.outputs));
  return sums;
}

Planes seen(const Planes& in, const Network::Layer& layer) {
  if (layer.size > 0) return convolved(in, layer);
  Planes out{1, layer.outputs, sums_of(in.values, layer)};
  for (float& value : out.values) value = passed_on(value, layer.multiplier);
  return out;
}

std::vector<double> shares_of(const std::vector<float>& sums, std::int64_t multiplier) {
  const double unit = std::ldexp(static_cast<double>(multiplier), -multiplier_bits),
               most = *std::max_element(sums.begin(), sums.end());
  std::vector<double> shares;
  double all = 0;
  for (const float sum : sums) all += shares.emplace_back(std::exp((sum - most) * unit));
  for (double& share : shares) share /= all;
  return shares;
}

}  // namespace

std::vector<double> Network::vote(const Stamp& stamp) const {
  Planes planes{stamp_side, stamp_planes, {stamp.begin(), stamp.end()}};
  for (std::size_t i = 0; i + 1 < layers_.size(); ++i) planes = seen(planes, layers_[i]);
  return shares_of(sums_of(planes.values, layers_.back()), layers_.back().multiplier);
}

}  // namespace doodled::sight
