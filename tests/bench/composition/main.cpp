// bench_composition: what becomes of pictures as music - stable for one page, distinct for two, and moving
// with light, blur and colour.
#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <CLI/CLI.hpp>

#include "core/reader/decode/decode.hpp"
#include "tests/bench/composition/measures.hpp"

int main(int argc, char** argv) {
  using namespace doodled::bench;
  Options options;
  std::filesystem::path kept;
  std::vector<std::string> wanted;
  CLI::App app("Measures the builtin composition");
  app.add_option("--corpus", options.corpus, "folder of pictures; without it only generated pages are read");
  app.add_option("--seed", options.seed, "of the generated pages and second photographs");
  app.add_option("--pages", options.pages, "generated pages")->check(CLI::PositiveNumber);
  app.add_option("--readings", kept,
                 "file that keeps readings, to measure changed rules without reading again");
  app.add_flag("--details", options.details, "name pictures and what differs");
  app.add_option("measures", wanted, "stability, distinctness, photos; all when none is given");
  CLI11_PARSE(app, argc, argv);
  doodled::start_decoder();

  Readings readings(kept);
  const std::vector<std::pair<std::string, void (*)(const Options&, Readings&)>> measures = {
      {"stability", bench_stability}, {"distinctness", bench_distinctness}, {"photos", bench_photo_rules}};
  for (const auto& [name, run] : measures)
    if (wanted.empty() || std::ranges::find(wanted, name) != wanted.end()) run(options, readings);
  return 0;
}
