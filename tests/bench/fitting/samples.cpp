#include "tests/bench/fitting/samples.hpp"

#include <algorithm>
#include <cstdio>
#include <map>
#include <set>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/drawing.hpp"
#include "core/reader/see/figures.hpp"
#include "core/reader/see/judge.hpp"
#include "core/reader/see/pen.hpp"
#include "core/reader/see/sheet.hpp"
#include "core/reader/see/thin.hpp"
#include "core/reader/see/traits.hpp"
#include "tests/bench/fitting/drawings.hpp"
#include "tests/bench/reading/corpus.hpp"
#include "tests/bench/reading/hand_lines.hpp"
#include "tests/bench/reading/loosen.hpp"

namespace doodled::bench {
namespace {

using namespace sight;

constexpr double main_share = 0.7;  // of the ink, in the group that is taken
constexpr int smallest_side = 512;
constexpr double other_weight = 0.35;  // drawings of things stand for all that is no figure: few are enough

cv::Mat pixels_of(const Raster& raster) {
  cv::Mat rgb(raster.height, raster.width, CV_8UC3, const_cast<std::uint8_t*>(raster.pixels.data()));
  const double scale = double(smallest_side) / std::max(rgb.cols, rgb.rows);
  if (scale <= 1) return rgb.clone();
  cv::Mat large;
  cv::resize(rgb, large, {}, std::min(scale, 8.0), std::min(scale, 8.0), cv::INTER_CUBIC);
  return large;
}

// A sketch on a page of its own; every fourth is photographed.
Raster page_of(const Sketch& sketch, std::uint64_t seed, bool photographed) {
  Page dice(8, 8, Paper::plain, seed);
  const int side = 420 + dice.random().below(300);
  Page page(side, side, photographed && dice.random().below(3) == 0 ? Paper::ruled : Paper::plain, seed + 1);
  const double size = side * dice.between(0.22, 0.44), pen = dice.between(2, 8);
  put_down(sketch, page, {side / 2.0, side / 2.0}, {size, size}, pen, {40, 35, 35});
  return page.shoot(photographed ? phone_shot(page, 6, 0.4) : Shot{});
}

const std::map<std::string, std::string>& kinds_of_labels() {
  static const std::map<std::string, std::string> labels = {
      {"circle", "circle"},    {"ellipse", "circle"},  {"triangle", "triangle"}, {"square", "square"},
      {"rectangle", "square"}, {"line", "line"},       {"zigzag", "zigzag"},     {"squiggle", "wave"},
      {"stairs", "staircase"}, {"star", "star"},       {"hurricane", "spiral"},  {"tornado", "spiral"},
      {"arrow", "arrow"},      {"hexagon", "polygon"}, {"octagon", "polygon"},   {"stop sign", "other"}};
  return labels;
}

int kind_of_label(const std::string& label) {
  const auto entry = kinds_of_labels().find(label);
  return kind_named(entry == kinds_of_labels().end() ? "other" : entry->second);
}

class Gatherer {
 public:
  explicit Gatherer(const Material& material) : material_(material) {}

  std::vector<Sample> run() {
    generate();
    if (!material_.corpus.empty()) take_corpus();
    if (!material_.drawings.empty()) each_drawing(material_.drawings, [&](Drawing d) { take(std::move(d)); });
    report();
    return std::move(samples_);
  }

 private:
  void add(const Raster& raster, bool clean, int kind, double weight, const std::string& source,
           std::uint64_t drawing) {
    auto sample = sample_of(raster, clean);
    if (!sample) return;
    sample->kind = kind, sample->weight = weight, sample->source = source, sample->drawing = drawing;
    samples_.push_back(std::move(*sample));
  }
  void generate() {
    for (const ShapeClass shape_class : drawn_classes())
      for (int i = 0; i < material_.each; ++i) {
        const std::uint64_t seed =
            part_seed(material_.seed * 900007 + static_cast<std::uint64_t>(i), to_string(shape_class));
        Random random(seed);
        const Sketch drawn = loosen(sketch(shape_class, random), 0.25 + 0.75 * random.unit(), random);
        const bool photographed = i % 4 == 3;
        add(page_of(drawn, seed, photographed), !photographed,
            kind_named(std::string(to_string(sight::kind_of(shape_class)))), 1, "generated", seed);
      }
  }
  void take_corpus() {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(material_.corpus / "doodles"))
      known_.insert(entry.path().stem().string());
    for (const Labelled& doodle : labelled_doodles(material_.corpus))
      if (!doodle.held_out)
        add(load(doodle.file), false, kind_of_label(doodle.label), 2, "corpus", part_seed(1, doodle.name));
  }
  // Of large collections a part of each label is taken.
  int wanted(const Drawing& drawing, int kind) const {
    const bool other = kind == kind_named("other");
    if (drawing.source == "quickdraw") return other ? 1 : 1000;
    return drawing.source == "unistroke" ? (other ? 12 : 50) : 120;
  }
  void take(Drawing drawing) {
    const int kind = kind_of_label(drawing.label);
    if (known_.contains(drawing.name)) return;
    const std::uint64_t id = part_seed(7, drawing.name);
    const int want = wanted(drawing, kind), of = drawing.source == "unistroke" ? 330 : 4500;
    if (drawing.source == "quickdraw") {
      if (taken_[drawing.source + drawing.label]++ >= want) return;
    } else if (static_cast<int>(id % static_cast<std::uint64_t>(of)) >= want) {
      return;
    }
    if (!drawing.picture.empty())
      return add(load(drawing.picture), false, kind, kind == kind_named("other") ? 0.4 * other_weight : 0.4,
                 drawing.source, id);
    const bool quick = drawing.source == "quickdraw";
    const int copies = quick && kind != kind_named("other") ? 5 : 1;
    for (int i = 0; i < copies; ++i)
      add_stroked(drawing, kind, id, i,
                  (quick ? 3.0 : 0.6) / copies * (kind == kind_named("other") ? other_weight : 1));
  }
  // The first copy as it was drawn, the others loosened.
  void add_stroked(const Drawing& drawing, int kind, std::uint64_t id, int copy, double weight) {
    Random random(id + static_cast<std::uint64_t>(copy));
    Sketch sketch{ShapeClass::other, {}, false};
    for (const Line& line : drawing.strokes) sketch.strokes.push_back(dense(line));
    if (copy > 0) sketch = loosen(sketch, 0.7 * random.unit(), random);
    const bool photographed = copy % 4 == 3;
    add(page_of(sketch, id + static_cast<std::uint64_t>(copy), photographed), !photographed, kind, weight,
        drawing.source, id);
  }
  void report() const {
    std::map<std::string, std::map<int, int>> counts;
    for (const Sample& sample : samples_) ++counts[sample.source][sample.kind];
    for (const auto& [source, row] : counts) {
      std::printf("%-10s", source.c_str());
      for (const auto& [kind, count] : row) std::printf(" %s:%d", kinds()[std::size_t(kind)].c_str(), count);
      std::printf("\n");
    }
  }

  const Material& material_;
  std::vector<Sample> samples_;
  std::set<std::string> known_;  // names of the corpus' doodles, both halves
  std::map<std::string, int> taken_;
};

}  // namespace

const std::vector<std::string>& kinds() {
  static const std::vector<std::string> names = {"circle", "triangle", "square",   "polygon", "star",
                                                 "line",   "arc",      "wave",     "zigzag",  "staircase",
                                                 "spiral", "arrow",    "hatching", "other"};
  return names;
}

int kind_named(const std::string& name) {
  const auto at = std::find(kinds().begin(), kinds().end(), name);
  return at == kinds().end() ? -1 : static_cast<int>(at - kinds().begin());
}

std::optional<Sample> sample_of(const Raster& raster, bool clean) {
  cv::Mat rgb = pixels_of(raster);
  if (!clean)
    if (const auto sheet = find_sheet(rgb)) rgb = sheet->rgb;
  const Ink ink = clean ? find_clean_ink(rgb) : find_ink(rgb);
  const cv::Mat lines = thin(ink.mask);
  const double pen = pen_width(ink.mask, lines);
  const Graph graph = joined_lines(lines, ink.mask, pen);
  const auto groups = groups_of(graph, pen);
  if (groups.empty()) return std::nullopt;
  double all = 0;
  for (const Group& group : groups) all += group.ink_length;
  if (groups.front().ink_length < main_share * all || groups.front().ink_length < 8 * pen)
    return std::nullopt;
  auto figures = figures_by_rules(graph, pen);
  std::erase_if(figures,
                [&](const Figure& f) { return (f.box & groups.front().box).empty() && f.box.area() > 0; });
  Sample sample;
  sample.traits = traits_of(graph, groups.front(), figures, pen).values;
  sample.rules.figures = figures.size();
  sample.rules.good = static_cast<std::size_t>(std::count_if(figures.begin(), figures.end(), well_formed));
  if (!figures.empty()) sample.rules.kind = sight::kind_of(figures.front().shape_class);
  return sample;
}

std::vector<Sample> gather(const Material& material) { return Gatherer(material).run(); }

}  // namespace doodled::bench
