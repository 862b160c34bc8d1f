// Every part of a session says which place of the picture it came from, by which rule.
#include <algorithm>
#include <string>

#include <nlohmann/json.hpp>

#include "core/base/random.hpp"
#include "core/compose/rulebook.hpp"
#include "tests/unit/compose/readings.hpp"

using namespace doodled;
using namespace doodled::test;

namespace {

bool explained(const Session& session, const std::string& pointer, std::size_t least_depth) {
  return std::ranges::any_of(session.evidence, [&](const Evidence& e) {
    const auto depth = static_cast<std::size_t>(std::ranges::count(e.pointer, '/'));
    return depth >= least_depth && (e.pointer == pointer || pointer.starts_with(e.pointer + "/"));
  });
}

void require(const Session& session, const std::string& pointer, std::size_t least_depth) {
  CHECK_MESSAGE(explained(session, pointer, least_depth), pointer);
}

// Every number and word below `value`; the name of a patch is no value.
void require_leaves(const Session& session, const Json& value, const std::string& pointer,
                    std::size_t least_depth) {
  if (value.is_object())
    for (const auto& [name, part] : value.items()) {
      if (name != "name") require_leaves(session, part, pointer + "/" + name, least_depth);
    }
  else if (value.is_array())
    for (std::size_t i = 0; i < value.size(); ++i)
      require_leaves(session, value[i], pointer + "/" + std::to_string(i), least_depth);
  else
    require(session, pointer, least_depth);
}

void require_all(const Session& session) {
  const Json document = to_json(session);
  require(session, "/tempo_bpm", 1);
  require_leaves(session, document.at("key"), "/key", 1);
  for (const char* list : {"lfos", "macros"})
    for (std::size_t i = 0; document.contains(list) && i < document[list].size(); ++i)
      require(session, "/" + std::string(list) + "/" + std::to_string(i), 2);
  for (std::size_t t = 0; t < session.tracks.size(); ++t) {
    const std::string track = "/tracks/" + std::to_string(t);
    const Json& json = document["tracks"][t];
    require(session, track, 2);
    if (json.contains("patch")) require_leaves(session, json["patch"], track + "/patch", 4);
    for (std::size_t i = 0; i < session.tracks[t].pads.size(); ++i)
      require(session, track + "/pads/" + std::to_string(i), 4);
    for (std::size_t p = 0; p < session.tracks[t].patterns.size(); ++p) {
      const std::string pattern = track + "/patterns/" + std::to_string(p);
      require(session, pattern, 4);
      for (std::size_t n = 0; n < session.tracks[t].patterns[p].notes.size(); ++n)
        require(session, pattern + "/notes/" + std::to_string(n), 6);
    }
  }
}

bool inside(double value) { return value >= 0 && value <= 1; }

void check_evidence(const Session& session) {
  const Json document = to_json(session);
  const auto& names = composing::rulebook().names;
  for (const Evidence& e : session.evidence) {
    CHECK_MESSAGE(document.contains(Json::json_pointer(e.pointer)), e.pointer);
    CHECK_MESSAGE(std::ranges::find(names, e.rule) != names.end(), e.rule);
    CHECK_FALSE(e.reading.empty());
    REQUIRE((e.box.has_value() || e.polygon.size() >= 3));
    if (e.box) CHECK((inside(e.box->x) && inside(e.box->y) && inside(e.box->x + e.box->width - 1e-9)));
    for (const Point& p : e.polygon) CHECK((inside(p.x) && inside(p.y)));
  }
}

Reading random_drawing(Random& random) {
  std::vector<Shape> shapes;
  const int count = 1 + random.below(9);
  for (int i = 0; i < count; ++i) {
    const Box box{0.8 * random.unit(), 0.8 * random.unit(), 0.02 + 0.18 * random.unit(),
                  0.02 + 0.18 * random.unit()};
    shapes.push_back(shape(static_cast<ShapeClass>(random.below(18)), box));
    shapes.back().fill = random.unit();
    shapes.back().inside = random.below(3) == 0 ? random.below(i + 1) - 1 : -1;
    shapes.back().colour = {random.below(256), random.below(256), random.below(256)};
  }
  Reading reading = drawing(std::move(shapes));
  if (random.below(2)) reading.curves.push_back({{0, 1, -1, 0.5}, reading.shapes[0].box, 0});
  if (count > 2) reading.arrows.push_back({0, 1, random.unit(), 2, {0.1, 0.1}, {0.5, 0.5}});
  return reading;
}

Reading random_photo(Random& random) {
  Reading reading = photo(random.unit(), random.unit(), 360 * random.unit());
  auto& features = reading.photo;
  for (double* value : {&features.contrast, &features.saturation, &features.sharpness, &features.depth})
    *value = random.unit();
  for (double& cell : features.cells) cell = random.unit();
  features.horizon = random.below(2) ? random.unit() : -1;
  features.focal_points.clear();
  for (int i = random.below(9); i > 0; --i) features.focal_points.push_back({random.unit(), random.unit()});
  return reading;
}

Reading random_grid(Random& random) {
  Reading reading = grid_page(1 + random.below(10), 4 + random.below(20));
  for (auto& row : reading.grid->cells)
    for (double& cell : row) cell = random.below(4) == 0;
  return reading;
}

}  // namespace

TEST_CASE("every track, note, patch value, LFO, macro and cable has its evidence") {
  Random random(20261125);
  for (int i = 0; i < 60; ++i)
    for (const Reading& reading : {random_drawing(random), random_photo(random), random_grid(random)}) {
      const auto session = composed(reading);
      require_all(session);
      check_evidence(session);
    }
  require_all(composed(busy_drawing()));
}

TEST_CASE("a mode that adds macros explains them too") {
  ComposeOptions options;
  options.mode = "macros";
  const auto session = composed(busy_drawing(), options);
  CHECK(session.macros.size() == 9);
  require_all(session);
}
