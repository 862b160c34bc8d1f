#include <algorithm>
#include <cstdio>
#include <fstream>
#include <functional>
#include <map>

#include <nlohmann/json.hpp>

#include "core/reader/see/see.hpp"
#include "tests/bench/reading/corpus.hpp"
#include "tests/bench/reading/measures.hpp"
#include "tests/bench/reading/page.hpp"
#include "tests/bench/reading/series.hpp"

namespace doodled::bench {
namespace {

struct Series {
  const char* title;
  std::vector<double> steps;
  std::function<cv::Mat(const cv::Mat&, double)> make;
  std::function<double(const PhotoFeatures&)> value;
};

std::vector<Series> all_series() {
  return {{"exposure and luminance",
           {0.35, 0.5, 0.7, 1, 1.3, 1.7},
           exposed,
           [](const PhotoFeatures& f) { return f.luminance; }},
          {"blur and (less) texture",
           {8, 5, 3, 2, 1, 0},
           blurred,
           [](const PhotoFeatures& f) { return f.texture; }},
          {"blur and (less) sharpness",
           {8, 5, 3, 2, 1, 0},
           blurred,
           [](const PhotoFeatures& f) { return f.sharpness; }},
          {"hue from blue to orange and warmth",
           {230, 200, 170, 140, 110, 80, 50, 30},
           with_hue,
           [](const PhotoFeatures& f) { return f.warmth; }}};
}

void compare_pairs(const Options& options) {
  std::map<std::string, PhotoFeatures> known;
  const auto features = [&](const std::string& name) {
    if (!known.contains(name)) known[name] = see(load(options.corpus / name), {SeeMode::photo}).photo;
    return known[name];
  };
  std::ifstream lines(options.corpus / "photo-pairs.jsonl");
  int right = 0, all = 0;
  for (std::string text; std::getline(lines, text);) {
    const auto line = parse_json(text);
    if (!line) continue;
    const auto a = features(line->at("a").get<std::string>()), b = features(line->at("b").get<std::string>());
    const auto rule = line->at("rule").get<std::string>();
    const bool holds = rule.starts_with("brighter") ? a.luminance >= b.luminance
                       : rule.starts_with("busier") ? a.texture >= b.texture
                                                    : a.warmth >= b.warmth;
    right += holds, ++all;
    if (!holds && options.failures) std::printf("  pair fails: %s\n", text.c_str());
  }
  std::printf("  pairs of photographs in the right order: %d of %d\n", right, all);
}

void decide_kinds(const Options& options) {
  int photos = 0, all_photos = 0, drawings = 0, all_drawings = 0;
  for (const char* folder : {"photos", "paper/diagrams", "paper/notes"})
    for (const auto& entry : std::filesystem::directory_iterator(options.corpus / folder)) {
      const bool photo = std::string(folder) == "photos";
      if (entry.path().extension() == ".jsonl") continue;
      const Reading reading = see(load(entry.path()));
      (photo ? all_photos : all_drawings) += 1;
      (photo ? photos : drawings) += reading.kind == (photo ? PictureKind::photo : PictureKind::drawing);
    }
  std::printf("  kind: %d of %d photographs, %d of %d pages\n", photos, all_photos, drawings, all_drawings);
}

}  // namespace

void bench_photos(const Options& options) {
  std::printf("Photographs: rank correlation within a series, mean and least over the corpus' photographs\n");
  for (const Series& series : all_series()) {
    double sum = 0, least = 1;
    int count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(options.corpus / "photos")) {
      const cv::Mat original = matrix_of(load(entry.path()));
      std::vector<double> values, order;
      for (const double step : series.steps) {
        values.push_back(series.value(see(raster_of(series.make(original, step)), {SeeMode::photo}).photo));
        order.push_back(static_cast<double>(order.size()));
      }
      const double rho = rank_correlation(order, values);
      sum += rho, least = std::min(least, rho), ++count;
    }
    std::printf("  %-44s mean %.3f  least %.3f\n", series.title, sum / std::max(1, count), least);
  }
  compare_pairs(options);
  decide_kinds(options);
}

}  // namespace doodled::bench
