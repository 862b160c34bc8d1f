// The layers of a network that learns: what they make of an input, and what of an error.
#pragma once
#include <cstddef>
#include <vector>

namespace doodled::bench {

// Parameters lie one after the other, of each layer the biases, then by unit the weights.
struct Layer {
  int size = 0;  // of a convolution's view; 0: dense
  int inputs = 0, outputs = 0;
  std::size_t at = 0;  // its first parameter

  int seen() const { return inputs * (size > 0 ? size * size : 1); }
  std::size_t weights() const { return at + std::size_t(outputs); }
  std::size_t end() const { return weights() + std::size_t(outputs) * std::size_t(seen()); }
};

// What a convolution is given: values by row, column and plane, with `reach` empty places around.
struct Field {
  int side = 0, planes = 0, reach = 0;
  std::vector<float> values;

  Field(int field_side, int field_planes, int field_reach);
  int row() const { return (side + 2 * reach) * planes; }
  float* place(int y, int x) { return values.data() + (y + reach) * row() + (x + reach) * planes; }
  const float* place(int y, int x) const {
    return values.data() + (y + reach) * row() + (x + reach) * planes;
  }
};

// The largest of each 2 by 2 places, nothing below zero, and where it was.
struct Pooled {
  std::vector<float> values;
  std::vector<int> places;  // y * side + x of the input
};

// `turned`: the layer's weights by place and plane, then unit.
Pooled convolve(const Layer& layer, const float* parameters, const std::vector<float>& turned,
                const Field& in);
// Adds to the gradient, and to the error of the input where that is asked for.
void convolve_back(const Layer& layer, const float* parameters, const Field& in, const Pooled& out,
                   const std::vector<float>& error, float* gradient, Field* in_error);

std::vector<float> weigh(const Layer& layer, const float* parameters, const std::vector<float>& in);
// Gives the error of the input.
std::vector<float> weigh_back(const Layer& layer, const float* parameters, const std::vector<float>& in,
                              const std::vector<float>& error, float* gradient);

std::vector<float> turned(const Layer& layer, const float* parameters);

}  // namespace doodled::bench
