#include "tests/bench/fitting/samples.hpp"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <map>
#include <set>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/clean_page.hpp"
#include "core/reader/see/drawing.hpp"
#include "core/reader/see/figures.hpp"
#include "core/reader/see/judge.hpp"
#include "core/reader/see/pen.hpp"
#include "core/reader/see/sheet.hpp"
#include "core/reader/see/stamp.hpp"
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

// Few points, in whole numbers.
std::vector<Path> fitted(std::vector<Path> lines, const cv::Rect2f& box) {
  const float scale = 2 * lines_reach / std::max({box.width, box.height, 1.F});
  for (Path& line : lines) {
    line = simplify(line, 0.3);
    for (auto& p : line) {
      p = (p - cv::Point2f(box.x + box.width / 2, box.y + box.height / 2)) * scale;
      p = {std::round(p.x), std::round(p.y)};
    }
  }
  return lines;
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

// A small raster as a page, its lines smooth: as it is, or mirrored, stretched and slanted.
Raster page_of(const cv::Mat& ink, bool changed, Random& random) {
  constexpr int side = 512;
  constexpr double margin = 40;
  const auto between = [&](double least, double most) { return least + (most - least) * random.unit(); };
  double width = (side - 2 * margin) / ink.cols, height = width, slant = 0;
  if (changed) {
    const double shrink = between(0.6, 1), stretch = std::exp(between(-0.2, 0.2));
    width *= (random.below(2) ? 1 : -1) * shrink * std::min(1.0, stretch);
    height *= shrink * std::min(1.0, 1 / stretch);
    slant = between(-0.12, 0.12);
  }
  const double middle = (ink.cols - 1) / 2.0;
  const cv::Matx23d way(width, slant * height, side / 2.0 - (width + slant * height) * middle, 0, height,
                        side / 2.0 - height * middle);
  cv::Mat large, dark, rgb;
  cv::warpAffine(ink, large, way, {side, side}, cv::INTER_CUBIC, cv::BORDER_CONSTANT, cv::Scalar(0));
  cv::GaussianBlur(large, large, {0, 0}, 0.45 * height);
  cv::Mat(250 - (large - 0.36) * 2200).convertTo(dark, CV_8U);
  cv::cvtColor(cv::max(dark, 35), rgb, cv::COLOR_GRAY2RGB);
  return raster_of(rgb);
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

cv::Point2d towards(double angle, double way) { return cv::Point2d(std::cos(angle), std::sin(angle)) * way; }

Sketch any_sketch(Random& random) {
  const auto& classes = drawn_classes();
  ShapeClass shape_class = ShapeClass::hatching;
  while (shape_class == ShapeClass::hatching)
    shape_class = classes[std::size_t(random.below(static_cast<int>(classes.size())))];
  return loosen(sketch(shape_class, random), 0.5 * random.unit(), random);
}

// A plain function that swings: a sine, or the same with sharp tips.
Sketch swinging(bool sharp, Random& random) {
  const auto between = [&](double least, double most) { return least + (most - least) * random.unit(); };
  const double periods = between(0.8, 5), height = between(0.1, 0.9), start = between(0, 2 * CV_PI);
  const double lean = random.below(4) == 0 ? between(0, CV_PI) : between(-0.2, 0.2);
  Line line;
  for (double x = -1; x <= 1; x += 0.01) {
    const double sine = std::sin(start + CV_PI * periods * (x + 1));
    const double y = height * (sharp ? std::asin(sine) * 2 / CV_PI : sine);
    line.emplace_back(x * std::cos(lean) - y * std::sin(lean), x * std::sin(lean) + y * std::cos(lean));
  }
  return loosen({sharp ? ShapeClass::zigzag : ShapeClass::wave, {line}, false}, 0.5 * random.unit(), random);
}

// Two to four figures that touch, cross, hold each other or are joined by a line: more than one, so `other`.
Sketch company(Random& random) {
  Sketch all{ShapeClass::other, {}, false};
  const auto between = [&](double least, double most) { return least + (most - least) * random.unit(); };
  cv::Point2d at(0, 0);
  double before = 0;
  for (int i = 0, count = 2 + random.below(3); i < count; ++i) {
    double size = between(0.5, 1);
    if (i > 0 && random.below(4) == 0) {
      size = 0.45 * before, at += towards(between(0, 6.3), 0.2 * before);
    } else if (i > 0) {
      const double angle = between(0, 6.3), way = (before + size) * between(0.7, 1.2);
      if (random.below(2) == 0)
        all.strokes.push_back(
            dense({at + towards(angle, 0.9 * before), at + towards(angle, way - 0.9 * size)}));
      at += towards(angle, way);
    }
    for (Line& line : any_sketch(random).strokes) {
      for (auto& p : line) p = at + p * size;
      all.strokes.push_back(std::move(line));
    }
    before = size;
  }
  fit(all.strokes);
  return all;
}

void mirror(Sketch& sketch) {
  for (Line& line : sketch.strokes)
    for (auto& p : line) p.x = -p.x;
}

struct Weight {
  double weight = 1;  // of a drawing
  int copies = 1;
};

const std::map<std::string, Weight>& weights() {
  static const std::map<std::string, Weight> all = {{"quickdraw", {4, 8}},
                                                    {"quickdraw400", {1.5, 3}},
                                                    {"quickdraw28", {1, 4}},
                                                    {"unistroke", {0.6, 1}},
                                                    {"hds", {0.25, 1}}};
  return all;
}

// Of the corpus' doodles, both halves.
std::set<std::string> names_of(const std::filesystem::path& corpus) {
  std::set<std::string> names;
  if (corpus.empty()) return names;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(corpus / "doodles"))
    names.insert(entry.path().stem().string());
  return names;
}

class Gatherer {
 public:
  explicit Gatherer(const Material& material) : material_(material) {}

  std::vector<Sample> run() {
    generate();
    generate_swings();
    generate_company();
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
  void generate_swings() {
    for (int i = 0; i < 3 * material_.each; ++i) {
      const std::uint64_t seed = part_seed(material_.seed * 900007 + static_cast<std::uint64_t>(i), "swings");
      Random random(seed);
      const bool sharp = i % 3 == 2;
      add(page_of(swinging(sharp, random), seed, i % 4 == 3), i % 4 == 1,
          kind_named(sharp ? "zigzag" : "wave"), 1, "generated", seed);
    }
  }
  void generate_company() {
    for (int i = 0; i < 5 * material_.each; ++i) {
      const std::uint64_t seed =
          part_seed(material_.seed * 900007 + static_cast<std::uint64_t>(i), "company");
      Random random(seed);
      add(page_of(company(random), seed, i % 4 == 3), i % 4 != 3, kind_named("other"), 1, "generated", seed);
    }
  }
  void take_corpus() {
    known_ = names_of(material_.corpus);
    for (const Labelled& doodle : labelled_doodles(material_.corpus))
      if (!doodle.held_out)
        add(load(doodle.file), false, kind_of_label(doodle.label), 2, "corpus", part_seed(1, doodle.name));
  }
  // Of large collections a part of each label is taken.
  bool is_wanted(const Drawing& drawing, bool other, std::uint64_t id) {
    const int number = taken_[drawing.source + drawing.label]++;
    if (drawing.source == "quickdraw400") return !other || number < 4;
    if (drawing.source == "quickdraw" || drawing.source == "quickdraw28") return !other || number < 1;
    const bool quick = drawing.source == "unistroke";
    return id % (quick ? 330 : 4500) < std::uint64_t(quick ? (other ? 12 : 50) : (other ? 120 : 400));
  }
  void take(Drawing drawing) {
    const int kind = kind_of_label(drawing.label);
    const bool other = kind == kind_named("other");
    const std::uint64_t id = part_seed(7, drawing.name);
    if (known_.contains(drawing.name) || !is_wanted(drawing, other, id)) return;
    const auto& [weight, times] = weights().at(drawing.source);
    const int copies = other ? 1 : times;
    for (int i = 0; i < copies; ++i)
      add_copy(drawing, kind, id, i, weight / copies * (other ? other_weight : 1));
  }
  // The first copy as it was drawn, the others loosened.
  void add_copy(const Drawing& drawing, int kind, std::uint64_t id, int copy, double weight) {
    Random random(id + static_cast<std::uint64_t>(copy));
    if (!drawing.picture.empty()) return add(load(drawing.picture), false, kind, weight, drawing.source, id);
    if (!drawing.ink.empty())
      return add(page_of(drawing.ink, copy > 0, random), copy % 2 == 1, kind, weight, drawing.source, id);
    Sketch sketch{ShapeClass::other, {}, false};
    for (const Line& line : drawing.strokes) sketch.strokes.push_back(dense(line));
    if (copy > 0) sketch = loosen(sketch, 0.7 * random.unit(), random);
    if (copy % 2 == 1) mirror(sketch);
    add(page_of(sketch, id + static_cast<std::uint64_t>(copy), copy % 4 == 3), copy % 4 == 1, kind, weight,
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
    if (const auto sheet = find_sheet(rgb, shrunk_for_sheets(rgb))) rgb = sheet->rgb;
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
  sample.lines = fitted(lines_of(graph, groups.front()), groups.front().box);
  sample.rules.figures = figures.size();
  sample.rules.good = static_cast<std::size_t>(std::count_if(figures.begin(), figures.end(), well_formed));
  if (!figures.empty()) sample.rules.kind = sight::kind_of(figures.front().shape_class);
  return sample;
}

std::vector<double> cumulated_weights(const std::vector<Sample>& samples) {
  std::vector<double> all(kinds().size(), 0);
  for (const Sample& sample : samples) all[std::size_t(sample.kind)] += sample.weight;
  std::vector<double> cumulated;
  for (const Sample& sample : samples)
    cumulated.push_back((cumulated.empty() ? 0 : cumulated.back()) +
                        sample.weight / all[std::size_t(sample.kind)]);
  return cumulated;
}

std::vector<Sample> gather(const Material& material) { return Gatherer(material).run(); }

std::vector<WordDrawing> gather_words(const Material& material) {
  const auto known = names_of(material.corpus);
  std::map<std::string, int> numbers;
  std::vector<WordDrawing> words;
  each_drawing(material.drawings, [&](const Drawing& drawing) {
    const bool quick = drawing.source == "quickdraw" || drawing.source == "quickdraw400";
    if (!quick || known.contains(drawing.name) || drawing.strokes.empty()) return;
    WordDrawing word;
    for (const Line& line : drawing.strokes) {
      Path& path = word.lines.emplace_back();
      for (const auto& p : line) path.emplace_back(cv::Point2f(p * double(lines_reach)));
    }
    word.word = numbers.try_emplace(drawing.label, int(numbers.size())).first->second;
    word.drawing = part_seed(7, drawing.name);
    words.push_back(std::move(word));
  });
  return words;
}

}  // namespace doodled::bench
