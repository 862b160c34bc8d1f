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

void bench_classes(const Options& options);

}  // namespace doodled::bench
