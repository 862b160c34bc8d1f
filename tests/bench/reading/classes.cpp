#include <cstdio>
#include <map>

#include "core/reader/see/see.hpp"
#include "tests/bench/reading/corpus.hpp"
#include "tests/bench/reading/measures.hpp"
#include "tests/bench/reading/tables.hpp"

namespace doodled::bench {
namespace {

// The nine labels of the goal; the others are shown beside it.
bool counts(const std::string& label) {
  return label != "hexagon" && label != "octagon" && label != "pentagon" && label != "arrow";
}

// A doodle's class is that of its largest shape; a picture without one reads as "nothing".
std::string class_of(const Reading& reading) {
  return reading.shapes.empty() ? "nothing" : std::string(to_string(reading.shapes.front().shape_class));
}

// Doodles that only their family is known of: shown beside the goal, and no part of it.
void families(const Options& options) {
  Confusion held_out, tuned;
  std::map<std::string, Score> scores;
  for (const Labelled& doodle : family_doodles(options.corpus)) {
    const Reading reading = see(load(doodle.file));
    (doodle.held_out ? held_out : tuned)[doodle.label][class_of(reading)] += 1;
    scores[doodle.held_out ? "held out, families" : "tuned on, families"].add(
        !reading.shapes.empty() &&
        accepted_classes(doodle.label).contains(reading.shapes.front().shape_class));
  }
  std::printf("Doodles of things by their family (cloud: squiggle, lightning: zigzag, ...), held-out half\n");
  print(held_out);
  std::printf("Doodles of things by their family, the other half\n");
  print(tuned);
  for (const auto& [title, score] : scores) print(title.c_str(), score);
}

}  // namespace

void bench_classes(const Options& options) {
  Confusion held_out, tuned;
  std::map<std::string, Score> scores;
  for (const Labelled& doodle : labelled_doodles(options.corpus)) {
    const Reading reading = see(load(doodle.file));
    const std::string seen = class_of(reading);
    const bool right = !reading.shapes.empty() &&
                       accepted_classes(doodle.label).contains(reading.shapes.front().shape_class);
    (doodle.held_out ? held_out : tuned)[doodle.label][seen] += 1;
    const std::string half = doodle.held_out ? "held out" : "tuned on";
    if (counts(doodle.label)) scores[half + ", goal's labels"].add(right);
    scores[half + ", " + doodle.collection].add(right);
    if (!right && options.failures && !doodle.held_out)
      std::printf("  miss: %s seen as %s\n", doodle.name.c_str(), seen.c_str());
  }
  std::printf("Shape classes of single doodles, held-out half\n");
  print(held_out);
  std::printf("Shape classes of single doodles, half that was tuned on\n");
  print(tuned);
  for (const auto& [title, score] : scores) print(title.c_str(), score);
  families(options);
}

}  // namespace doodled::bench
