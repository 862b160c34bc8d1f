#include "tests/bench/fitting/layers.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>

namespace doodled::bench {
namespace {

// `Units` is known beforehand so that the sums stay in registers.
template <int Units>
std::array<float, Units> look(const float* biases, const float* weights, const Field& in, int size, int y,
                              int x) {
  std::array<float, Units> sums;
  std::copy_n(biases, Units, sums.begin());
  const int row = size * in.planes, reach = size / 2;
  for (int ky = 0; ky < size; ++ky) {
    const float* values = in.place(y + ky - reach, x - reach);
    for (int i = 0; i < row; ++i, weights += Units) {
      if (values[i] == 0) continue;
      for (int u = 0; u < Units; ++u) sums[std::size_t(u)] += values[i] * weights[u];
    }
  }
  return sums;
}

template <int Units>
Pooled convolve(const float* biases, const float* weights, const Field& in, int size) {
  const int side = in.side / 2;
  Pooled out{std::vector<float>(std::size_t(side * side * Units), 0),
             std::vector<int>(std::size_t(side * side * Units), -1)};
  for (int y = 0; y < in.side; ++y)
    for (int x = 0; x < in.side; ++x) {
      const auto sums = look<Units>(biases, weights, in, size, y, x);
      const std::size_t first = std::size_t(((y / 2) * side + x / 2) * Units);
      for (std::size_t u = 0; u < Units; ++u)
        if (sums[u] > out.values[first + u])
          out.values[first + u] = sums[u], out.places[first + u] = y * in.side + x;
    }
  return out;
}

void add(float* to, const float* what, float times, int count) {
  for (int i = 0; i < count; ++i) to[i] += times * what[i];
}

}  // namespace

Field::Field(int field_side, int field_planes, int field_reach)
    : side(field_side), planes(field_planes), reach(field_reach) {
  values.assign(std::size_t(side + 2 * reach) * std::size_t(row()), 0);
}

std::vector<float> turned(const Layer& layer, const float* parameters) {
  std::vector<float> result(std::size_t(layer.outputs * layer.seen()));
  const float* weights = parameters + layer.weights();
  for (int u = 0; u < layer.outputs; ++u)
    for (int i = 0; i < layer.seen(); ++i)
      result[std::size_t(i * layer.outputs + u)] = weights[u * layer.seen() + i];
  return result;
}

Pooled convolve(const Layer& layer, const float* parameters, const std::vector<float>& turned_weights,
                const Field& in) {
  const float* biases = parameters + layer.at;
  switch (layer.outputs) {
    case 8:
      return convolve<8>(biases, turned_weights.data(), in, layer.size);
    case 16:
      return convolve<16>(biases, turned_weights.data(), in, layer.size);
    case 32:
      return convolve<32>(biases, turned_weights.data(), in, layer.size);
    default:
      throw std::logic_error("convolutions have 8, 16 or 32 units");
  }
}

void convolve_back(const Layer& layer, const float* parameters, const Field& in, const Pooled& out,
                   const std::vector<float>& error, float* gradient, Field* in_error) {
  const int units = layer.outputs, row = layer.size * layer.inputs, reach = layer.size / 2;
  for (std::size_t i = 0; i < out.values.size(); ++i) {
    if (out.places[i] < 0 || error[i] == 0) continue;
    const int u = static_cast<int>(i) % units, y = out.places[i] / in.side, x = out.places[i] % in.side;
    gradient[layer.at + std::size_t(u)] += error[i];
    const std::size_t unit = layer.weights() + std::size_t(u * layer.seen());
    for (int ky = 0; ky < layer.size; ++ky) {
      const std::size_t weights = unit + std::size_t(ky * row);
      add(gradient + weights, in.place(y + ky - reach, x - reach), error[i], row);
      if (in_error) add(in_error->place(y + ky - reach, x - reach), parameters + weights, error[i], row);
    }
  }
}

std::vector<float> weigh(const Layer& layer, const float* parameters, const std::vector<float>& in) {
  std::vector<float> sums(parameters + layer.at, parameters + layer.weights());
  for (std::size_t u = 0; u < sums.size(); ++u) {
    const float* weights = parameters + layer.weights() + u * in.size();
    std::array<float, 8> parts{};  // side by side, in an order that stays
    for (std::size_t i = 0; i + 8 <= in.size(); i += 8)
      for (std::size_t k = 0; k < 8; ++k) parts[k] += in[i + k] * weights[i + k];
    for (const float part : parts) sums[u] += part;
  }
  return sums;
}

std::vector<float> weigh_back(const Layer& layer, const float* parameters, const std::vector<float>& in,
                              const std::vector<float>& error, float* gradient) {
  std::vector<float> in_error(in.size(), 0);
  for (std::size_t u = 0; u < error.size(); ++u) {
    gradient[layer.at + u] += error[u];
    const std::size_t weights = layer.weights() + u * in.size();
    add(gradient + weights, in.data(), error[u], static_cast<int>(in.size()));
    add(in_error.data(), parameters + weights, error[u], static_cast<int>(in.size()));
  }
  return in_error;
}

}  // namespace doodled::bench
