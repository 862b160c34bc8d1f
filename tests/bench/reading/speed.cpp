#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <string>

#include <opencv2/imgproc.hpp>
#include <sys/wait.h>
#include <unistd.h>

#include "core/reader/see/see.hpp"
#include "tests/bench/reading/corpus.hpp"
#include "tests/bench/reading/jpeg.hpp"
#include "tests/bench/reading/measures.hpp"
#include "tests/bench/reading/page.hpp"

namespace doodled::bench {
namespace {

double cpu_ms() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

// Of this program's own pages, Linux' VmHWM; getrusage would count those of the program that started it, too.
double peak_memory_mb() {
  std::ifstream status("/proc/self/status");
  for (std::string word; status >> word;)
    if (double kilobytes = 0; word == "VmHWM:" && status >> kilobytes) return kilobytes / 1024;
  return 0;
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

// A photographed page of twelve megapixels, as a JPEG file of about three megabytes.
std::filesystem::path large_jpeg(std::uint64_t seed) {
  Page page(1280, 960, Paper::squared, seed);
  Line wave;
  for (int i = 0; i <= 400; ++i) wave.push_back({100 + 2.5 * i, 480 + 200 * std::sin(i / 30.0)});
  page.draw(wave, 4);
  const Raster raster = page.shoot(phone_shot(page, 8, 0.5));
  const cv::Mat small(raster.height, raster.width, CV_8UC3, const_cast<std::uint8_t*>(raster.pixels.data()));
  cv::Mat large, noise(3000, 4000, CV_8UC3);
  cv::resize(small, large, noise.size(), 0, 0, cv::INTER_CUBIC);
  cv::RNG(seed).fill(noise, cv::RNG::NORMAL, 5, 4);
  large += noise;
  const auto file =
      std::filesystem::temp_directory_path() / ("bench_reading." + std::to_string(getpid()) + ".jpg");
  write_jpeg(large, 85, file);
  return file;
}

// A reading in a process of its own, whose memory is that of this one picture.
void read_apart(const std::filesystem::path& file) {
  std::printf("  %.1f MB JPEG of 12 megapixels, decoded and read by a process of its own:\n",
              double(std::filesystem::file_size(file)) / 1e6);
  std::fflush(stdout);
  const pid_t child = fork();
  if (child == 0) {
    execl("/proc/self/exe", "bench_reading", "--once", file.c_str(), nullptr);
    _exit(127);
  }
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) != child || status != 0)
    std::printf("  could not be measured\n");
}

}  // namespace

void read_once(const std::filesystem::path& file) {
  const double start = cpu_ms();
  const Raster raster = load(file);
  const double decoded = cpu_ms();
  see(raster);
  std::printf("  decoded in %.0f ms, seen in %.0f ms of processor time, peak memory %.0f MB\n",
              decoded - start, cpu_ms() - decoded, peak_memory_mb());
}

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
  const auto file = large_jpeg(options.seed);
  read_apart(file);
  std::filesystem::remove(file);
}

}  // namespace doodled::bench
