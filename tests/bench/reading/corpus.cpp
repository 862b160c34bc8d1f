#include "tests/bench/reading/corpus.hpp"

#include <fstream>
#include <iterator>
#include <limits>
#include <map>
#include <stdexcept>

#include <nlohmann/json.hpp>

#include "core/base/random.hpp"
#include "core/reader/decode/decode.hpp"

namespace doodled::bench {
namespace {

using enum ShapeClass;

const std::map<std::string, std::set<ShapeClass>>& classes_of_labels() {
  static const std::map<std::string, std::set<ShapeClass>> classes = {
      {"circle", {circle, ellipse}},
      {"ellipse", {circle, ellipse}},
      {"triangle", {triangle}},
      {"square", {square, rectangle, diamond}},
      {"rectangle", {square, rectangle, diamond}},
      {"line", {line}},
      {"zigzag", {zigzag}},
      {"squiggle", {wave}},
      {"stairs", {staircase}},
      {"star", {star}},
      {"hurricane", {spiral}},
      {"tornado", {spiral}},
      {"arrow", {arrow}},
      {"hexagon", {polygon}},
      {"octagon", {polygon}},
      {"pentagon", {polygon}},
      {"any polygon", {polygon, diamond, square, rectangle}},
      {"texture", {hatching}}};
  return classes;
}

// The family of a doodle whose label is no shape; empty when it has none, or one that is no figure.
std::string family_of(const Json& line) {
  const auto family = line.find("family");
  if (family == line.end() || !family->is_string()) return "";
  static const std::map<std::string, std::string> labels = {
      {"ellipse", "ellipse"},  {"wave", "squiggle"},       {"zigzag", "zigzag"},  {"star", "star"},
      {"spiral", "hurricane"}, {"polygon", "any polygon"}, {"texture", "texture"}};
  const auto entry = labels.find(family->get<std::string>());
  return entry == labels.end() ? "" : entry->second;
}

std::vector<Labelled> read_doodles(const std::filesystem::path& corpus, bool families) {
  std::vector<Labelled> found;
  for (const std::string collection : {"quickdraw", "quickdraw-photo", "unistroke", "hds"}) {
    std::ifstream lines(corpus / "doodles" / (collection + ".jsonl"));
    for (std::string text; std::getline(lines, text);) {
      const auto line = parse_json(text);
      if (!line) throw std::runtime_error("a line of " + collection + ".jsonl is not JSON");
      const auto name = line->at("file").get<std::string>();
      auto label = line->at("label").get<std::string>();
      if (accepted_classes(label).empty() != families) continue;
      if (families) label = family_of(*line);
      if (!label.empty()) found.push_back({corpus / name, name, label, collection, is_held_out(name)});
    }
  }
  return found;
}

Raster load(const std::filesystem::path& file, const DecodeLimits& limits) {
  std::ifstream in(file, std::ios::binary);
  const std::vector<std::uint8_t> bytes((std::istreambuf_iterator<char>(in)), {});
  auto raster = decode(bytes, limits);
  if (!raster) throw std::runtime_error(file.string() + ": " + raster.error().message);
  return std::move(*raster);
}

}  // namespace

bool is_held_out(const std::string& name) { return part_seed(0, name) % 2 == 1; }

std::vector<Labelled> labelled_doodles(const std::filesystem::path& corpus) {
  return read_doodles(corpus, false);
}

std::vector<Labelled> family_doodles(const std::filesystem::path& corpus) {
  return read_doodles(corpus, true);
}

std::set<ShapeClass> accepted_classes(const std::string& label) {
  const auto entry = classes_of_labels().find(label);
  return entry == classes_of_labels().end() ? std::set<ShapeClass>{} : entry->second;
}

Raster load(const std::filesystem::path& file) { return load(file, DecodeLimits{}); }

Raster load_whole(const std::filesystem::path& file) {
  DecodeLimits limits;
  limits.target_side = std::numeric_limits<int>::max();
  return load(file, limits);
}

}  // namespace doodled::bench
