#include <cmath>
#include <cstdio>

#include "core/reader/see/see.hpp"
#include "tests/bench/reading/measures.hpp"
#include "tests/bench/reading/page.hpp"

namespace doodled::bench {
namespace {

// A page with a curve and two figures, drawn once.
Page drawn_page(std::uint64_t seed) {
  Page page(1200, 850, Paper::plain, seed);
  const double pen = page.between(3, 5), swings = page.between(1, 4);
  Line wave, ring, box;
  for (int i = 0; i <= 300; ++i)
    wave.push_back({120 + 3.0 * i, 620 + 90 * std::sin(i / 300.0 * swings * 6.2832)});
  for (int i = 0; i <= 60; ++i)
    ring.push_back({330 + 120 * std::cos(i * 0.10472), 250 + 110 * std::sin(i * 0.10472)});
  for (int i = 0; i <= 120; ++i) {
    const int side = i / 30 % 4;
    const double t = (i % 30) / 30.0 * 240;
    const cv::Point2d corner[] = {{700 + t, 130}, {940, 130 + t}, {940 - t, 370}, {700, 370 - t}};
    box.push_back(corner[side]);
  }
  page.draw(wave, pen, 1);
  page.draw(ring, pen, 1);
  page.draw(box, pen, 1);
  return page;
}

double curve_difference(const Reading& a, const Reading& b) {
  if (a.curves.empty() || b.curves.empty()) return 1;
  double sum = 0;
  for (std::size_t i = 0; i < a.curves[0].samples.size(); ++i)
    sum += std::pow((a.curves[0].samples[i] - b.curves[0].samples[i]) / 2, 2);
  return std::sqrt(sum / double(a.curves[0].samples.size()));
}

}  // namespace

void bench_stability(const Options& options) {
  int same = 0, all = 0, close = 0;
  for (int i = 0; i < options.pages; ++i) {
    const std::uint64_t seed = options.seed * 400009 + static_cast<std::uint64_t>(i);
    Page first = drawn_page(seed), second = drawn_page(seed);
    Shot one, two;
    one.shadow = 0.25, one.noise = 2, one.desk = 0.08;
    two.shadow = 0.5, two.noise = 4, two.rotation = 3, two.desk = 0.08, two.warm = true, two.quality = 60;
    const Reading a = see(first.shoot(one)), b = see(second.shoot(two));
    all += static_cast<int>(std::max(a.shapes.size(), b.shapes.size()));
    for (std::size_t k = 0; k < std::min(a.shapes.size(), b.shapes.size()); ++k)
      same += a.shapes[k].shape_class == b.shapes[k].shape_class;
    close += curve_difference(a, b) < 0.05;
  }
  std::printf("Stability: the same page twice (other light, 3 degrees, coarse)\n");
  std::printf("  shapes with the same class %.1f %%, curves within 0.05: %.1f %%\n",
              100.0 * same / std::max(1, all), 100.0 * close / std::max(1, options.pages));
}

}  // namespace doodled::bench
