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

constexpr float lines_reach = 500;

struct Sample {
  std::vector<float> traits;
  std::vector<sight::Path> lines;  // of the group, within lines_reach of the middle
  int kind = 0;                    // index into kinds()
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

// A drawing of anything: the word that stood for it.
struct WordDrawing {
  std::vector<sight::Path> lines;  // within lines_reach of the middle
  int word = 0;
  std::uint64_t drawing = 0;
};

struct Material {
  std::filesystem::path corpus;    // its half that may be tuned on
  std::filesystem::path drawings;  // other people's drawings, none of which is in the corpus
  std::uint64_t seed = 1;
  int each = 80;  // generated sketches a class
};

// All samples, with a line of progress for each source. Sources that are not given are left out.
std::vector<Sample> gather(const Material& material);

// Drawings of the collections that are known as strokes, for every word, but for those of the corpus.
std::vector<WordDrawing> gather_words(const Material& material);

// Every kind has the same weight in all: how many of it were found says nothing about what will be drawn.
// Sums of the weights so far.
std::vector<double> cumulated_weights(const std::vector<Sample>& samples);

// Samples as a file, to try growths on without gathering anew. Throws std::runtime_error for a file of other
// traits.
void keep(const std::vector<Sample>& samples, const std::filesystem::path& file);
std::vector<Sample> kept(const std::filesystem::path& file);

}  // namespace doodled::bench
