// The measures of the reading bench. Each prints its own table.
#pragma once
#include <cstdint>
#include <filesystem>

namespace doodled::bench {

struct Options {
  std::filesystem::path corpus;
  std::uint64_t seed = 1;
  int pages = 100;        // generated pages a measure
  bool failures = false;  // name what went wrong (never of the held-out half)
};

void bench_classes(const Options& options);    // single doodles of the corpus
void bench_curves(const Options& options);     // drawn functions, generated
void bench_arrows(const Options& options);     // figures joined by arrows, generated
void bench_grids(const Options& options);      // step grids, generated
void bench_stability(const Options& options);  // a page seen twice, generated
void bench_photos(const Options& options);     // photographs of the corpus and series made of them
void bench_speed(const Options& options);

}  // namespace doodled::bench
