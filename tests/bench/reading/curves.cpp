#include <cmath>
#include <cstdio>
#include <vector>

#include "core/reader/see/see.hpp"
#include "tests/bench/reading/measures.hpp"
#include "tests/bench/reading/page.hpp"
#include "tests/bench/reading/tables.hpp"

namespace doodled::bench {
namespace {

constexpr double pi = 3.14159265358979;
constexpr int samples = 64;

// A function to draw: sums of sines, saws, envelopes and steps with slopes; values are scaled to -1..1 later.
double value_at(int kind, double t, const double* p) {
  switch (kind) {
    case 0:
      return std::sin(2 * pi * (1 + 3 * p[0]) * t + 6 * p[1]);
    case 1:
      return std::sin(2 * pi * t + 6 * p[0]) + p[1] * std::sin(6 * pi * t + 6 * p[2]);
    case 2:
      return 2 * std::abs(std::fmod((1 + 3 * p[0]) * t + p[1], 1.0) - 0.5);
    case 3:
      return t < 0.1 + 0.2 * p[0] ? t / (0.1 + 0.2 * p[0])
                                  : p[1] + (1 - p[1]) * std::exp(-6 * (t - 0.1 - 0.2 * p[0]));
    default:
      return std::tanh((4 + 8 * p[0]) * (t - 0.3 - 0.4 * p[1])) + 0.3 * p[2] * std::sin(4 * pi * t);
  }
}

std::vector<double> function(Random& random, int count) {
  const int kind = random.below(5);
  const double p[3] = {random.unit(), random.unit(), random.unit()};
  std::vector<double> values;
  double least = 1e9, most = -1e9;
  for (int i = 0; i < count; ++i) {
    values.push_back(value_at(kind, double(i) / (count - 1), p));
    least = std::min(least, values.back()), most = std::max(most, values.back());
  }
  for (double& value : values) value = 2 * (value - least) / (most - least) - 1;
  return values;
}

// Root mean square error in shares of full scale (which is 2); a page on which no curve was found counts
// as 1.
double page_error(std::uint64_t seed, bool photographed, Paper paper, Raster& shot) {
  Page page(1200, 850, paper, seed);
  const int fine = 64 * 16;
  const auto values = function(page.random(), fine + 1);
  const double left = page.between(90, 200), right = page.between(950, 1100), middle = page.between(360, 480),
               half = page.between(110, 220);
  Line line;
  for (int i = 0; i <= fine; ++i)
    line.push_back({left + (right - left) * i / fine, middle - half * values[static_cast<std::size_t>(i)]});
  page.draw(line, page.between(2, 6));
  shot = page.shoot(photographed ? phone_shot(page, 10, 0.5) : Shot{});
  const Reading reading = see(shot);
  const Curve* widest = nullptr;
  for (const Curve& curve : reading.curves)
    if (!widest || curve.box.width > widest->box.width) widest = &curve;
  if (!widest || widest->samples.size() != samples) return 1;
  double sum = 0;
  for (int i = 0; i < samples; ++i) {
    const double truth = values[static_cast<std::size_t>(std::lround(double(i) * fine / (samples - 1)))];
    sum += std::pow((widest->samples[static_cast<std::size_t>(i)] - truth) / 2, 2);
  }
  return std::sqrt(sum / samples);
}

void print(const char* title, const Options& options, bool photographed, Paper paper) {
  std::vector<double> errors;
  const double goal = photographed ? 0.05 : 0.02;
  Score within;
  for (int i = 0; i < options.pages; ++i) {
    Raster shot;
    errors.push_back(
        page_error(options.seed * 100003 + static_cast<std::uint64_t>(i), photographed, paper, shot));
    if (errors.back() > goal) keep_page(options, "curve-" + std::to_string(i) + "-" + title, shot);
    within.add(errors.back() <= goal);
    if (options.failures && errors.back() > goal)
      std::printf("  curve page %d, %s: %.3f\n", i, title, errors.back());
  }
  std::printf("  %-44s p50 %.4f  p95 %.4f  max %.4f  within %.2f: %.1f %%\n", title, quantile(errors, 0.5),
              quantile(errors, 0.95), quantile(errors, 1), goal, 100 * within.share());
}

}  // namespace

void bench_curves(const Options& options) {
  std::printf("Drawn functions at 64 points, RMSE over full scale (%d pages each)\n", options.pages);
  print("clean page", options, false, Paper::plain);
  print("photographed, shadow, 10 degrees", options, true, Paper::plain);
  print("photographed, ruled paper", options, true, Paper::ruled);
  print("photographed, squared paper", options, true, Paper::squared);
}

}  // namespace doodled::bench
