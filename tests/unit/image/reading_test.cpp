#include "core/image/reading.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace doodled;

namespace {

Reading sample() {
  Reading reading;
  reading.kind = PictureKind::drawing;
  reading.confidence = 0.9;
  reading.width = 800, reading.height = 600;
  reading.shapes.resize(2);
  reading.shapes[0].shape_class = ShapeClass::circle;
  reading.shapes[0].polygon = {{0.1, 0.2}, {0.3, 0.4}};
  reading.shapes[1].shape_class = ShapeClass::arrow;
  reading.shapes[1].inside = 0;
  reading.curves.push_back({{-1, 0, 0.5, 1}, {0.1, 0.1, 0.5, 0.2}, 1});
  reading.arrows.push_back({0, -1, 0.25, 1, {0.1, 0.1}, {0.4, 0.1}});
  reading.grid = Grid{2, 3, {{0, 1, 0}, {1, 0, 1}}, {0, 0, 1, 1}};
  reading.photo.palette = {{255, 0, 10}};
  reading.photo.focal_points = {{0.5, 0.5}};
  reading.notes = {"a note"};
  return reading;
}

std::string pointer_of(const Json& json) {
  const auto reading = reading_from_json(json);
  REQUIRE(reading.has_error());
  CHECK(reading.error().code == "invalid_reading");
  return reading.error().problems.at(0).pointer;
}

}  // namespace

TEST_CASE("a reading comes back from JSON as it was") {
  const Json json = to_json(sample());
  const auto back = reading_from_json(json);
  REQUIRE(back.has_value());
  CHECK(to_json(*back) == json);
  CHECK(back->grid->cells[1][2] == 1);
}

TEST_CASE("a reading is told in the words of the API") {
  const Json json = to_json(sample());
  CHECK(json["kind"] == "drawing");
  CHECK(json["shapes"][0]["class"] == "circle");
  CHECK(json["shapes"][0]["box"].size() == 4);
  CHECK(json["curves"][0]["samples"].size() == 4);
  CHECK(json["arrows"][0]["from"] == 0);
  CHECK(json["photo"]["cells"].size() == 9);
}

TEST_CASE("every shape class has a name that leads back to it") {
  for (int i = 0; i <= static_cast<int>(ShapeClass::other); ++i)
    CHECK(shape_class_from(to_string(static_cast<ShapeClass>(i))) == static_cast<ShapeClass>(i));
  CHECK(!shape_class_from("pentagram"));
}

TEST_CASE("a misfit names its place") {
  Json json = to_json(sample());
  SUBCASE("missing") {
    json.erase("photo");
    CHECK(pointer_of(json) == "");
  }
  SUBCASE("unknown class") {
    json["shapes"][1]["class"] = "pentagram";
    CHECK(pointer_of(json) == "/shapes/1/class");
  }
  SUBCASE("out of range") {
    json["confidence"] = 1.5;
    CHECK(pointer_of(json) == "/confidence");
  }
  SUBCASE("index without a shape") {
    json["arrows"][0]["to"] = 7;
    CHECK(pointer_of(json) == "/arrows");
  }
  SUBCASE("ragged grid") {
    json["grid"]["cells"][0].push_back(0);
    CHECK(pointer_of(json) == "/grid/cells/0");
  }
  SUBCASE("not an object") { CHECK(pointer_of(Json::array()) == ""); }
}
