// A small convolutional network that looks at the stamp of a group of lines. Y. LeCun, L. Bottou, Y. Bengio,
// P. Haffner, "Gradient-based learning applied to document recognition", Proceedings of the IEEE 86, 1998.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/reader/see/stamp.hpp"

namespace doodled::sight {

class Network {
 public:
  static constexpr int block = 8;  // units that are reckoned side by side

  // Each unit adds up what it sees, weighed; what is below zero counts as nothing. A convolution sees `size`
  // by `size` places of every plane around each place, and passes on the largest of each 2 by 2 places; what
  // is outside is empty. A layer of size 0 sees everything.
  struct Layer {
    int size = 0;
    int inputs = 0, outputs = 0;  // planes, or of size 0 values
    std::int64_t multiplier = 0;  // of the sum, in 2^32ths, to 0..255
    std::vector<float> biases;    // padded to whole blocks, as the weights are
    std::vector<float> weights;   // by place or value, then unit
  };

  // Text as tests/bench/fitting writes it: `kinds NAME...`, then the layers in order, each with a line
  // `convolution SIZE INPUTS OUTPUTS MULTIPLIER` or `dense INPUTS OUTPUTS MULTIPLIER` and for each unit a
  // line
  // `= BIAS WEIGHT...` of whole numbers; the multiplier of the last layer, which has a unit a kind, makes
  // 2^32ths of natural logarithms of its sums. Lines that begin with # are remarks. Throws
  // std::invalid_argument with the line's number.
  static Network parse(std::string_view text);

  const std::vector<std::string>& kinds() const { return kinds_; }
  // One share a kind, 0..1, their sum is 1. Everything up to the last step is reckoned in whole numbers that
  // floats hold exactly, so that it comes out the same on every machine.
  std::vector<double> vote(const Stamp& stamp) const;

 private:
  std::vector<std::string> kinds_;
  std::vector<Layer> layers_;
  friend class NetworkParser;
};

}  // namespace doodled::sight
