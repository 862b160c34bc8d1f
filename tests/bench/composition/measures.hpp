// The measures of the composition bench. Each prints its own table, with the goal beside what was measured.
#pragma once
#include <cstdint>
#include <filesystem>

#include "core/compose/compose.hpp"
#include "tests/bench/composition/pictures.hpp"

namespace doodled::bench {

struct Options {
  std::filesystem::path corpus;
  std::uint64_t seed = 1;
  int pages = 60;        // generated pages
  bool details = false;  // names pictures and what differs
};

// A session of the reading in mode 'auto'; throws std::runtime_error where the reader found nothing.
Session session_of(const Reading& reading);

void bench_stability(const Options& options, Readings& readings);
void bench_distinctness(const Options& options, Readings& readings);
void bench_photo_rules(const Options& options, Readings& readings);

}  // namespace doodled::bench
