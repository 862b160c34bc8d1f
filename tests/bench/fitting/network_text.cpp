#include "tests/bench/fitting/network_text.hpp"

#include <algorithm>
#include <cmath>

#include "core/reader/see/stamp.hpp"

namespace doodled::bench {
namespace {

constexpr double highest_weight = 127, highest_level = 255, multiplier_unit = 4294967296.0;
constexpr std::size_t looked_at = 600;  // samples, for how large the values become
constexpr double within = 0.9995;       // of the values

Layer following(const Layer* before, int size, int inputs, int outputs) {
  return {size, inputs, outputs, before ? before->end() : 0};
}

void add_values(const std::vector<float>& values, std::vector<float>& all) {
  std::copy_if(values.begin(), values.end(), std::back_inserter(all), [](float v) { return v > 0; });
}

// What each layer but the last gives at most, but for a few values.
std::vector<double> reaches(const NetworkShape& shape, const std::vector<float>& parameters,
                            const std::vector<Sample>& samples) {
  std::vector<std::vector<float>> all(shape.convolutions.size() + 1);
  const std::size_t stride = std::max<std::size_t>(1, samples.size() / looked_at);
  for (std::size_t s = 0; s < samples.size(); s += stride) {
    std::vector<float> values;
    for (const auto level : sight::stamp_of(samples[s].lines)) values.push_back(float(level) / 255);
    int side = sight::stamp_side;
    for (std::size_t l = 0; l < shape.convolutions.size(); ++l, side /= 2) {
      const Layer& layer = shape.convolutions[l];
      values =
          convolve(layer, parameters.data(), turned(layer, parameters.data()), field_of(values, side, layer))
              .values;
      add_values(values, all[l]);
    }
    add_values(weigh(shape.hidden, parameters.data(), values), all.back());
  }
  std::vector<double> most;
  for (auto& values : all) {
    const auto at = values.begin() + static_cast<long>(within * double(values.size() - 1));
    std::nth_element(values.begin(), at, values.end());
    most.push_back(*at);
  }
  return most;
}

// `unit` is what one level of the input stands for; gives the layer's text with the multiplier for sums.
void add_layer(const Layer& layer, const std::vector<float>& parameters, double unit, double out_unit,
               std::string& text) {
  const float* weights = parameters.data() + layer.weights();
  double most = 1e-9;
  for (std::size_t i = layer.weights(); i < layer.end(); ++i)
    most = std::max(most, std::abs(double(parameters[i])));
  const double weight_unit = most / highest_weight;
  text += layer.size > 0 ? "convolution " + std::to_string(layer.size) + " " : "dense ";
  text += std::to_string(layer.inputs) + " " + std::to_string(layer.outputs) + " " +
          std::to_string(std::llround(weight_unit * unit / out_unit * multiplier_unit)) + "\n";
  for (int u = 0; u < layer.outputs; ++u) {
    text += "= " + std::to_string(std::llround(parameters[layer.at + std::size_t(u)] / (weight_unit * unit)));
    for (int i = 0; i < layer.seen(); ++i)
      text += " " + std::to_string(std::lround(weights[u * layer.seen() + i] / weight_unit));
    text += "\n";
  }
}

}  // namespace

std::vector<Layer> NetworkShape::all() const {
  std::vector<Layer> layers = convolutions;
  layers.push_back(hidden);
  layers.insert(layers.end(), heads.begin(), heads.end());
  return layers;
}

NetworkShape shape_of_network(int words) {
  NetworkShape shape;
  const Layer* last = nullptr;
  const auto add = [&](int size, int inputs, int outputs) {
    shape.convolutions.push_back(following(last, size, inputs, outputs));
    last = &shape.convolutions.back();
  };
  shape.convolutions.reserve(3);
  add(5, sight::stamp_planes, 8), add(3, 8, 16), add(3, 16, 32);
  shape.hidden = following(last, 0, 32 * 4 * 4, 64);
  shape.heads.reserve(2);
  shape.heads.push_back(following(&shape.hidden, 0, 64, static_cast<int>(kinds().size())));
  shape.heads.push_back(following(&shape.heads.back(), 0, 64, words));
  return shape;
}

Field field_of(const std::vector<float>& values, int side, const Layer& layer) {
  Field field(side, layer.inputs, layer.size / 2);
  const int row = side * layer.inputs;
  for (int y = 0; y < side; ++y) std::copy_n(values.begin() + y * row, row, field.place(y, 0));
  return field;
}

std::vector<float> inside_of(const Field& field) {
  std::vector<float> values;
  for (int y = 0; y < field.side; ++y)
    values.insert(values.end(), field.place(y, 0), field.place(y, 0) + field.side * field.planes);
  return values;
}

std::string text_of(const NetworkShape& shape, const std::vector<float>& parameters,
                    const std::vector<Sample>& samples) {
  std::string text = "kinds";
  for (const auto& kind : kinds()) text += " " + kind;
  text += "\n";
  std::vector<double> units = {1 / highest_level};
  for (const double reach : reaches(shape, parameters, samples)) units.push_back(reach / highest_level);
  std::vector<Layer> layers = shape.convolutions;
  layers.push_back(shape.hidden);
  for (std::size_t l = 0; l < layers.size(); ++l)
    add_layer(layers[l], parameters, units[l], units[l + 1], text);
  add_layer(shape.heads.front(), parameters, units.back(), 1, text);
  return text;
}

}  // namespace doodled::bench
