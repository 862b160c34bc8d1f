#include <algorithm>
#include <cstdlib>
#include <limits>

#include "core/reader/see/network.hpp"
#include "core/reader/see/text_lines.hpp"

namespace doodled::sight {
namespace {

constexpr int block = Network::block;
constexpr int largest_size = 7, most_units = 8192;
constexpr long exact = 1 << 24;  // floats hold every whole number up to here

}  // namespace

class NetworkParser {
 public:
  explicit NetworkParser(std::string_view text) : lines_(text, "the network") {}

  Network run() {
    while (lines_.next()) {
      const std::string_view word = lines_.take_word();
      if (word == "kinds")
        while (!lines_.line().empty()) network_.kinds_.emplace_back(lines_.take_word());
      else if (word == "convolution" || word == "dense")
        read_layer(word == "convolution");
      else
        lines_.fail("kinds, convolution or dense is expected");
    }
    if (network_.kinds_.empty() || values_ != static_cast<int>(network_.kinds_.size()) || side_ != 1)
      lines_.fail("the last layer is not dense with a unit for each kind");
    return std::move(network_);
  }

 private:
  using Layer = Network::Layer;

  int number(int least, int most) {
    const auto value = TextLines::number<int>(lines_.take_word());
    if (!value || *value < least || *value > most)
      lines_.fail("a whole number from " + std::to_string(least) + " to " + std::to_string(most) +
                  " is expected");
    return *value;
  }
  void read_layer(bool convolution) {
    Layer layer;
    if (convolution) layer.size = number(1, largest_size);
    layer.inputs = number(1, most_units);
    layer.outputs = number(1, most_units);
    layer.multiplier = number(1, std::numeric_limits<int>::max());
    if (!lines_.line().empty()) lines_.fail("more than a layer's sizes");
    if (convolution ? side_ % 2 != 0 || layer.size % 2 == 0 || layer.inputs != values_
                    : layer.inputs != values_ * side_ * side_)
      lines_.fail("the layer does not fit what comes before it");
    read_units(layer);
    side_ = convolution ? side_ / 2 : 1;
    values_ = layer.outputs;
    network_.layers_.push_back(std::move(layer));
  }
  void read_units(Layer& layer) {
    const int seen = layer.inputs * std::max(1, layer.size * layer.size),
              padded = (layer.outputs + block - 1) / block * block;
    layer.biases.resize(static_cast<std::size_t>(padded));
    layer.weights.resize(static_cast<std::size_t>(padded * seen));
    for (int unit = 0; unit < layer.outputs; ++unit) {
      if (!lines_.next() || lines_.take_word() != "=") lines_.fail("a unit is expected, = and its weights");
      const int bias = number(-(1 << 23), 1 << 23);
      long most = std::abs(bias);
      layer.biases[static_cast<std::size_t>(unit)] = static_cast<float>(bias);
      for (int i = 0; i < seen; ++i) {
        const int weight = number(-127, 127);
        layer.weights[static_cast<std::size_t>(i * padded + unit)] = static_cast<float>(weight);
        most += 255L * std::abs(weight);
      }
      if (!lines_.line().empty()) lines_.fail("a unit has more weights than it sees values");
      if (most >= exact) lines_.fail("a unit's sum may not be exact");
    }
  }

  TextLines lines_;
  int side_ = stamp_side, values_ = stamp_planes;
  Network network_;
};

Network Network::parse(std::string_view text) { return NetworkParser(text).run(); }

}  // namespace doodled::sight
