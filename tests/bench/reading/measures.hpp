// The measures of the reading bench. Each prints its own table.
#pragma once
#include <cstdint>
#include <filesystem>
#include <string>

#include "core/image/raster.hpp"

namespace doodled::bench {

struct Options {
  std::filesystem::path corpus;
  std::uint64_t seed = 1;
  int pages = 100;             // generated pages a measure
  bool failures = false;       // name what went wrong (never of the held-out half)
  std::filesystem::path keep;  // folder for generated pages that were misread, empty: they are not kept
};

void bench_classes(const Options& options);    // single doodles of the corpus
void bench_sketches(const Options& options);   // single figures as a hand draws them, generated
void bench_curves(const Options& options);     // drawn functions, generated
void bench_arrows(const Options& options);     // figures joined by arrows, generated
void bench_grids(const Options& options);      // step grids, generated
void bench_stability(const Options& options);  // a page seen twice, generated
void bench_photos(const Options& options);     // photographs of the corpus and series made of them
void bench_strokes(const Options& options);    // a page that grows stroke by stroke
void bench_speed(const Options& options);      // processor time and peak memory

// Writes a generated page that was misread to options.keep, as NAME.jpg.
void keep_page(const Options& options, const std::string& name, const Raster& raster);

// Decodes and reads one picture and prints what that took of time and memory.
void read_once(const std::filesystem::path& file);

}  // namespace doodled::bench
