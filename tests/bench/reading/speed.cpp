#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>

#include <sys/resource.h>

#include "core/reader/see/see.hpp"
#include "tests/bench/reading/corpus.hpp"
#include "tests/bench/reading/measures.hpp"
#include "tests/bench/reading/page.hpp"

namespace doodled::bench {
namespace {

double cpu_ms() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

void time_reading(const char* title, const Raster& raster) {
  std::vector<double> times;
  for (int i = 0; i < 15; ++i) {
    const double start = cpu_ms();
    see(raster);
    times.push_back(cpu_ms() - start);
  }
  std::sort(times.begin(), times.end());
  std::printf("  %-44s %4d x %-4d  median %.1f ms  most %.1f ms of processor time\n", title, raster.width,
              raster.height, times[times.size() / 2], times.back());
}

}  // namespace

void bench_speed(const Options& options) {
  std::printf("Time of one reading\n");
  Page page(1280, 900, Paper::squared, options.seed);
  Line wave;
  for (int i = 0; i <= 400; ++i) wave.push_back({100 + 2.5 * i, 450 + 200 * std::sin(i / 30.0)});
  page.draw(wave, 4);
  time_reading("a curve on squared paper", page.shoot({}));
  time_reading("the same, photographed", page.shoot(phone_shot(page, 8, 0.5)));
  if (!options.corpus.empty())
    for (const char* name :
         {"photos/Dune.jpg", "photos/Garden.jpg", "paper/diagrams/ex06_writer0084.jpg",
          "paper/diagrams/ex06_writer0078.jpg", "doodles/quickdraw/star-4567117674315776.png"})
      time_reading(name, load(options.corpus / name));
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf("  peak memory of this process %.0f MB\n", double(usage.ru_maxrss) / 1024);
}

}  // namespace doodled::bench
