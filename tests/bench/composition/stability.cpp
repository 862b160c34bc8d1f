// The same page photographed twice: other light, three degrees, JPEG of quality 60.
#include <cstdio>
#include <map>

#include "core/reader/see/see.hpp"
#include "tests/bench/composition/distance.hpp"
#include "tests/bench/composition/measures.hpp"
#include "tests/bench/composition/pages.hpp"
#include "tests/bench/composition/second_shot.hpp"
#include "tests/bench/reading/corpus.hpp"

namespace doodled::bench {
namespace {

struct Tally {
  int pairs = 0, steady = 0, patches = 0, lost = 0;
  double notes = 0, apart = 0;

  void add(const Session& a, const Session& b) {
    const double same = same_notes(a, b);
    ++pairs, notes += same, steady += same >= 0.9;
    patches += patch_difference(a, b).empty();
    apart = std::max(apart, difference(a, b).total());
  }
};

void compare(const std::string& name, const Reading& first, const Reading& second, const Options& options,
             Tally& tally) {
  const auto one = compose(first, {}), other = compose(second, {});
  if (!one || !other) {
    ++tally.lost;
    if (options.details)
      std::printf("    %s: %s\n", name.c_str(), (!one ? one : other).error().message.c_str());
    return;
  }
  tally.add(*one, *other);
  if (!options.details) return;
  const double same = same_notes(*one, *other);
  const std::string patch = patch_difference(*one, *other);
  if (same < 0.9 || !patch.empty())
    std::printf("    %-60s %3.0f %% of notes  %s\n", name.c_str(), 100 * same, patch.c_str());
}

void generated_pages(const Options& options, Readings& readings, Tally& tally) {
  for (int i = 0; i < options.pages; ++i) {
    const std::uint64_t seed = options.seed * 700001 + static_cast<std::uint64_t>(i);
    const std::string name = "page " + std::to_string(seed);
    Page page = musicians_page(seed);
    Shot plain;
    plain.shadow = 0.15, plain.noise = 1.5, plain.desk = 0.08;
    Shot other;
    other.shadow = 0.4, other.noise = 3, other.desk = 0.08, other.warm = true;
    other.rotation = page.random().below(2) ? 3 : -3;
    const Raster first = page.shoot(plain), second = page.shoot(other);
    compare(name, readings.of(name, [&] { return see(through_jpeg(first, 90)); }),
            readings.of(name + ", again", [&] { return see(through_jpeg(second, 60)); }), options, tally);
  }
}

void corpus_pages(const Options& options, Readings& readings, std::map<std::string, Tally>& tallies) {
  for (const Picture& picture : corpus_pictures(options.corpus)) {
    const bool exported = picture.file.extension() == ".png";
    const Reading& first = readings.of(picture.name + (exported ? ", photographed" : ""), [&] {
      const Raster raster = load(picture.file);
      return see(exported ? first_shot(raster, options.seed) : raster);
    });
    const Reading& second = readings.of(
        picture.name + ", again", [&] { return see(second_shot(load_whole(picture.file), options.seed)); });
    compare(picture.name, first, second, options, tallies[picture.collection]);
  }
}

void print(const std::string& title, const Tally& tally) {
  const double count = std::max(1, tally.pairs);
  std::printf(
      "  %-24s %4d pairs  notes the same %5.1f %%  pairs with 90 %% %5.1f %%  patch classes %5.1f %%  "
      "furthest apart %.2f  nothing found %d\n",
      title.c_str(), tally.pairs, 100 * tally.notes / count, 100 * tally.steady / count,
      100 * tally.patches / count, tally.apart, tally.lost);
}

}  // namespace

void bench_stability(const Options& options, Readings& readings) {
  std::printf("Stability: one page, two photographs. Goal: at least 90 %% of notes, all patch classes\n");
  Tally generated;
  generated_pages(options, readings, generated);
  print("generated pages", generated);
  if (options.corpus.empty()) return;
  std::map<std::string, Tally> tallies;
  corpus_pages(options, readings, tallies);
  for (const auto& [collection, tally] : tallies) print(collection, tally);
}

}  // namespace doodled::bench
