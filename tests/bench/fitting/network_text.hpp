// A network that has learnt, as whole numbers in a text (core/reader/see/network.hpp).
#pragma once
#include <string>
#include <vector>

#include "tests/bench/fitting/layers.hpp"
#include "tests/bench/fitting/samples.hpp"

namespace doodled::bench {

struct NetworkShape {
  std::vector<Layer> convolutions;
  Layer hidden;
  std::vector<Layer> heads;  // kinds, words

  std::vector<Layer> all() const;
};

NetworkShape shape_of_network(int words);

Field field_of(const std::vector<float>& values, int side, const Layer& layer);
std::vector<float> inside_of(const Field& field);

// The heads but the first are left out. `samples` show how large the values become.
std::string text_of(const NetworkShape& shape, const std::vector<float>& parameters,
                    const std::vector<Sample>& samples);

}  // namespace doodled::bench
