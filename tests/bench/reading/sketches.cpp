#include <cstdio>
#include <map>

#include "core/reader/see/see.hpp"
#include "tests/bench/reading/loosen.hpp"
#include "tests/bench/reading/measures.hpp"
#include "tests/bench/reading/tables.hpp"

namespace doodled::bench {
namespace {

using enum ShapeClass;

// Ink of pens, pencils and markers.
cv::Scalar ink(Page& page) {
  static const cv::Scalar inks[] = {{30, 28, 30}, {25, 45, 130}, {150, 30, 35},
                                    {20, 95, 50}, {95, 95, 98},  {60, 40, 110}};
  return inks[page.random().below(6)];
}

Paper any_paper(Page& page) {
  const int kind = page.random().below(6);
  return kind == 0 ? Paper::ruled : kind == 1 ? Paper::squared : Paper::plain;
}

enum class Manner { clean, photographed, loose };

const char* title_of(Manner manner) {
  return manner == Manner::clean          ? "clean"
         : manner == Manner::photographed ? "photographed on any paper"
                                          : "clean, by a hand in a hurry";
}

const char* name_of(Manner manner) {
  return manner == Manner::clean ? "clean" : manner == Manner::photographed ? "photo" : "loose";
}

// One figure alone on a page, of any size, pen and ink.
Raster single_figure(ShapeClass shape_class, std::uint64_t seed, Manner manner) {
  const bool photographed = manner == Manner::photographed;
  Random choice(seed ^ 0x5eed);
  Page dice(8, 8, Paper::plain, seed + 77);
  Page page(1000, 750, photographed ? any_paper(dice) : Paper::plain, seed);
  const double size = page.between(110, 300);
  const cv::Point2d at(page.between(330, 670), page.between(330, 420));
  const double pen = page.between(2, photographed ? 8 : 11);
  Sketch drawn = sketch(shape_class, choice);
  if (manner == Manner::loose) drawn = loosen(std::move(drawn), 0.6, choice);
  put_down(drawn, page, at, {size, size}, pen, ink(page));
  return page.shoot(photographed ? phone_shot(page, 8, 0.45) : Shot{});
}

std::string largest(const Reading& reading) {
  return reading.shapes.empty() ? "nothing" : std::string(to_string(reading.shapes.front().shape_class));
}

void single_figures(const Options& options, Manner manner) {
  Confusion confusion;
  Score score;
  const int each = std::max(2, options.pages / 4);
  for (const ShapeClass shape_class : drawn_classes())
    for (int i = 0; i < each; ++i) {
      const std::uint64_t seed =
          part_seed(options.seed * 700001 + static_cast<std::uint64_t>(i), to_string(shape_class));
      const Raster page = single_figure(shape_class, seed, manner);
      const std::string name(to_string(shape_class)), seen = largest(see(page));
      if (!same_class(name, seen))
        keep_page(options, name + "-" + std::to_string(i) + "-" + name_of(manner), page);
      confusion[name][seen] += 1;
      score.add(same_class(name, seen));
      if (options.failures && !same_class(name, seen))
        std::printf("  miss: %s %d %s seen as %s\n", name.c_str(), i, name_of(manner), seen.c_str());
    }
  std::printf("Generated single figures, %s\n", title_of(manner));
  print(confusion);
  print("right class", score);
}

}  // namespace

void bench_sketches(const Options& options) {
  for (const Manner manner : {Manner::clean, Manner::photographed, Manner::loose})
    single_figures(options, manner);
}

}  // namespace doodled::bench
