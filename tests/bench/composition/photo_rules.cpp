// Series made of the corpus' photographs, and the part of the music that must follow each.
#include <algorithm>
#include <array>
#include <cstdio>
#include <functional>

#include "core/reader/see/see.hpp"
#include "tests/bench/composition/measures.hpp"
#include "tests/bench/reading/corpus.hpp"
#include "tests/bench/reading/page.hpp"
#include "tests/bench/reading/series.hpp"

namespace doodled::bench {
namespace {

struct Series {
  const char* title;
  std::vector<double> steps;
  std::function<cv::Mat(const cv::Mat&, double)> make;
  std::function<double(const Session&)> value;
};

const Patch& pad_of(const Session& session) {
  return *std::ranges::find(session.tracks, Role::pad, &Track::role)->patch;
}

// From the darkest scale to the brightest: each has one more raised degree than the one before.
double brightness_of(const std::string& scale) {
  constexpr std::array order{"locrian", "phrygian", "minor", "dorian", "mixolydian", "major", "lydian"};
  return static_cast<double>(std::ranges::find(order, scale) - order.begin());
}

std::vector<Series> all_series() {
  return {{"exposure and cutoff",
           {0.35, 0.45, 0.55, 0.7, 0.85, 1, 1.15, 1.3, 1.5, 1.7},
           exposed,
           [](const Session& session) { return pad_of(session).filter.cutoff_hz; }},
          {"blur and (less) noise",
           {8, 6.5, 5, 4, 3, 2, 1.5, 1, 0.5, 0},
           blurred,
           [](const Session& session) { return pad_of(session).noise; }},
          {"hue from red to blue and mode",
           {0, 20, 40, 60, 80, 100, 120, 140, 160, 180, 200, 220, 240},
           with_hue,
           [](const Session& session) { return brightness_of(session.key.scale); }}};
}

}  // namespace

void bench_photo_rules(const Options& options, Readings& readings) {
  if (options.corpus.empty()) return;
  std::printf("Photo rules: rank correlation within a series. Goal: at least 0.95, whichever way it goes\n");
  for (const Series& series : all_series()) {
    double sum = 0, least = 1;
    int count = 0;
    for (const Picture& picture : corpus_pictures(options.corpus)) {
      if (picture.collection != "photos") continue;
      const cv::Mat original = matrix_of(load(picture.file));
      std::vector<double> values, order;
      for (const double step : series.steps) {
        const std::string key = picture.name + ", " + series.title + " " + std::to_string(step);
        values.push_back(series.value(session_of(readings.of(
            key, [&] { return see(raster_of(series.make(original, step)), {SeeMode::photo}); }))));
        order.push_back(static_cast<double>(order.size()));
      }
      const double rho = std::abs(rank_correlation(order, values));
      sum += rho, least = std::min(least, rho), ++count;
      if (options.details) std::printf("    %.3f %s\n", rho, picture.name.c_str());
    }
    std::printf("  %-32s %2d photographs  mean %.3f  least %.3f\n", series.title, count,
                sum / std::max(1, count), least);
  }
}

Session session_of(const Reading& reading) {
  ComposeOptions options;
  options.mode = "photo";
  auto session = compose(reading, options);
  if (!session) throw std::runtime_error(session.error().message);
  return std::move(*session);
}

}  // namespace doodled::bench
