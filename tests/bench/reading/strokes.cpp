// What a stroke costs the reader: drawings that grow stroke by stroke, drawn and read as the live path does.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <ctime>

#include "core/base/random.hpp"
#include "core/reader/draw/growing_page.hpp"
#include "core/reader/see/judge.hpp"
#include "core/reader/see/see.hpp"
#include "tests/bench/reading/measures.hpp"

namespace doodled::bench {
namespace {

constexpr int side = 768;  // as the reader draws a page
constexpr int strokes_a_page = 24;
constexpr int uncrowded = 4;  // strokes, of which few lie on others

double cpu_ms() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return double(now.tv_sec) * 1e3 + double(now.tv_nsec) / 1e6;
}

class Hand {
 public:
  explicit Hand(std::uint64_t seed) : random_(part_seed(seed, "strokes")) {}

  // Draws one figure, and says which.
  ShapeClass next(HandStroke& stroke) {
    const double x = between(0.1, 0.7), y = between(0.1, 0.75);
    switch (random_.below(6)) {
      case 0:
        wave(stroke, x * 0.5, std::min(0.85, y));
        return ShapeClass::wave;
      case 1:
        ring(stroke, x + 0.1, y, between(0.03, 0.09));
        return ShapeClass::circle;
      case 2:
        box(stroke, x, y, between(0.06, 0.2), between(0.06, 0.2));
        return ShapeClass::square;
      case 3:
        stroke.pen = Pen::arrow;
        put(stroke, x, y), put(stroke, std::min(1.0, x + between(0.08, 0.25)), y + between(-0.08, 0.15));
        return ShapeClass::arrow;
      case 4:
        for (int i = 0; i < 9; ++i) put(stroke, x + 0.02 * i, y + (i % 2 ? 0.06 : 0));
        return ShapeClass::zigzag;
      default:
        stroke.pen = Pen::hatch;
        for (int i = 0; i <= 60; ++i) put(stroke, x + 0.25 * i / 60, y + 0.05 * std::sin(i / 12.0));
        return ShapeClass::hatching;
    }
  }

 private:
  double between(double low, double high) { return low + (high - low) * random_.unit(); }
  void put(HandStroke& stroke, double x, double y) {
    const auto shaken = [&](double v) { return std::clamp(v + between(-0.0014, 0.0014), 0.0, 1.0); };
    stroke.points.push_back({shaken(x), shaken(y), 0, 0.5});
  }
  void wave(HandStroke& stroke, double left, double y) {
    const double right = std::min(0.95, 2 * left + 0.5), height = between(0.03, 0.12), turns = between(1, 6);
    for (int i = 0; i <= 120; ++i)
      put(stroke, left + (right - left) * i / 120, y + height * std::sin(i / 120.0 * turns * 6.2832));
  }
  void ring(HandStroke& stroke, double x, double y, double radius) {
    for (int i = 0; i <= 48; ++i)
      put(stroke, x + radius * std::cos(i * 0.1309), y + radius * 1.25 * std::sin(i * 0.1309));
  }
  void box(HandStroke& stroke, double x, double y, double width, double height) {
    put(stroke, x, y), put(stroke, x + width, y), put(stroke, x + width, y + height);
    put(stroke, x, y + height), put(stroke, x, y);
  }

  Random random_;
};

// How many of the drawn figures were seen; circles and ellipses are one kind, as all quadrilaterals are.
int found_of(std::vector<ShapeClass> drawn, const Reading& reading) {
  int found = 0;
  for (const Shape& shape : reading.shapes) {
    const auto at = std::find(drawn.begin(), drawn.end(), sight::kind_of(shape.shape_class));
    if (at == drawn.end()) continue;
    drawn.erase(at);
    ++found;
  }
  return found;
}

void print(const char* title, std::vector<double> times) {
  std::sort(times.begin(), times.end());
  const auto at = [&](double share) { return times[std::size_t(share * double(times.size() - 1))]; };
  std::printf("  %-24s %5zu strokes  p50 %6.1f ms  p99 %6.1f ms  most %6.1f ms of processor time\n", title,
              times.size(), at(0.5), at(0.99), times.back());
}

}  // namespace

void bench_strokes(const Options& options) {
  std::printf("A stroke, drawn and read with all that is on the page\n");
  std::vector<double> few, many, all, drawing;
  int figures = 0, found = 0;
  for (int p = 0; p < std::max(1, options.pages / 10); ++p) {
    Hand hand(options.seed * 400009 + static_cast<std::uint64_t>(p));
    StrokePage page;
    GrowingPage shown;
    PageWatcher watcher;
    std::vector<ShapeClass> kinds;
    for (int i = 1; i <= strokes_a_page; ++i) {
      HandStroke stroke;
      stroke.id = i;
      kinds.push_back(hand.next(stroke));
      page.strokes.push_back(std::make_shared<const HandStroke>(stroke));
      const double begun = cpu_ms();
      const Raster& raster = shown.show(page, side);
      const double drawn = cpu_ms();
      const Reading reading = watcher.see(raster);
      const double took = cpu_ms() - begun;
      if (i == uncrowded) figures += i, found += found_of(kinds, reading);
      (i <= 12 ? few : many).push_back(took);
      all.push_back(took);
      drawing.push_back(drawn - begun);
    }
  }
  print("up to 12 on the page", few);
  print("13 to 24 on the page", many);
  print("all", all);
  print("  of it drawing", drawing);
  std::printf("  of %d strokes a page seen as drawn: %.1f %%\n", uncrowded, 100.0 * found / figures);
}

}  // namespace doodled::bench
