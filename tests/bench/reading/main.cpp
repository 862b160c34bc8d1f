// bench_reading: how well the builtin reader sees, on labelled pictures and on generated pages with known
// truth.
#include <algorithm>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

#include "core/reader/decode/decode.hpp"
#include "tests/bench/reading/measures.hpp"

int main(int argc, char** argv) {
  using namespace doodled::bench;
  Options options;
  std::vector<std::string> wanted;
  CLI::App app("Measures the builtin reader");
  app.add_option("--corpus", options.corpus,
                 "folder of labelled pictures; without it only generated pages are read");
  app.add_option("--seed", options.seed, "of the generated pages");
  app.add_option("--pages", options.pages, "generated pages a measure")->check(CLI::PositiveNumber);
  std::filesystem::path once;
  app.add_option("--once", once, "read this picture only, and say what it took");
  app.add_option("--keep", options.keep, "folder for generated pages that were misread");
  app.add_flag("--failures", options.failures, "name what went wrong");
  app.add_option(
      "measures", wanted,
      "classes, sketches, curves, arrows, grids, stability, photos, strokes, speed; all when none is given");
  CLI11_PARSE(app, argc, argv);
  doodled::start_decoder();
  if (!once.empty()) return read_once(once), 0;

  const bool corpus = !options.corpus.empty();
  const std::vector<std::pair<std::string, std::function<void()>>> measures = {
      {"classes",
       [&] {
         if (corpus) bench_classes(options);
       }},
      {"sketches", [&] { bench_sketches(options); }},
      {"curves", [&] { bench_curves(options); }},
      {"arrows", [&] { bench_arrows(options); }},
      {"grids", [&] { bench_grids(options); }},
      {"stability", [&] { bench_stability(options); }},
      {"photos",
       [&] {
         if (corpus) bench_photos(options);
       }},
      {"strokes", [&] { bench_strokes(options); }},
      {"speed", [&] { bench_speed(options); }},
  };
  for (const auto& [name, run] : measures)
    if (wanted.empty() || std::find(wanted.begin(), wanted.end(), name) != wanted.end()) run();
  return 0;
}
