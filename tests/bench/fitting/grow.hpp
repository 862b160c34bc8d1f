// Grows a forest on samples. The same samples and seed give the same forest.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "tests/bench/fitting/samples.hpp"

namespace doodled::bench {

struct Growth {
  int trees = 48;
  int deepest = 14;    // questions one after the other
  int least = 6;       // samples in a leaf
  int asked = 48;      // traits tried for a question
  int thresholds = 6;  // tried for each: means of two samples' values, by chance
  std::uint64_t seed = 1;
};

// The forest as text (core/reader/see/forest.hpp), without remarks. P. Geurts, D. Ernst, L. Wehenkel,
// "Extremely randomized trees", Machine Learning 63, 2006; each tree on as many samples as there are, drawn
// by weight.
std::string grow(const std::vector<Sample>& samples, const Growth& growth);

}  // namespace doodled::bench
