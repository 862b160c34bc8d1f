// What the forest of the reader is grown on: traits of drawings whose kind is known.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/image/raster.hpp"
#include "core/reader/see/judge.hpp"

namespace doodled::bench {

struct Sample {
  std::vector<float> traits;
  int kind = 0;  // index into kinds()
  double weight = 1;
  std::string source;         // "generated", "corpus", "quickdraw", ...
  std::uint64_t drawing = 0;  // equal for all samples made of one drawing: they are never split
  sight::RulesVerdict rules;  // what they found without the forest
};

// Names of the kinds, in the order of the forest; the last one, "other", is what the rules alone read.
const std::vector<std::string>& kinds();
int kind_named(const std::string& name);  // -1: none

// The largest group of lines on a clean or photographed page; nothing when that is not most of its ink.
std::optional<Sample> sample_of(const Raster& raster, bool clean);

struct Material {
  std::filesystem::path corpus;    // its half that may be tuned on
  std::filesystem::path drawings;  // other people's drawings, none of which is in the corpus
  std::uint64_t seed = 1;
  int each = 80;  // generated sketches a class
};

// All samples, with a line of progress for each source. Sources that are not given are left out.
std::vector<Sample> gather(const Material& material);

// Samples as a file, to try growths on without gathering anew. Throws std::runtime_error for a file of other
// traits.
void keep(const std::vector<Sample>& samples, const std::filesystem::path& file);
std::vector<Sample> kept(const std::filesystem::path& file);

}  // namespace doodled::bench
