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
  reading.hulls = {{{0.1, 0.2}, {0.3, 0.4}, {0.1, 0.4}}, {{0.5, 0.5}}};
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
  CHECK(back->hulls == sample().hulls);
}

TEST_CASE("a reading's text is that of its JSON, whatever the numbers") {
  Reading reading = sample();
  reading.advice = "say \"pen\"\n";
  reading.page = {{-0.25, 1.5}};
  for (const double value :
       {0.0, -0.0, 1.0, -1.0, 0.5, 1e-5, 9e-5, 1e-4, 0.99999, 0.123456, -0.00001, 4e-6, -4e-6})
    reading.curves.at(0).samples.push_back(value);
  for (int i = 0; i < 500; ++i) reading.curves[0].samples.push_back(i / 499.0 - 0.5);
  reading.photo.hue_degrees = 359.25;
  const std::string text = to_text(reading);
  CHECK(text == to_text(Json::parse(text)));
  const Json json = to_json(reading);
  CHECK(json["curves"][0]["samples"][9].get<double>() == 0.00001);
  CHECK(json["curves"][0]["samples"][12].get<double>() == 0.99999);
  CHECK(json["advice"] == reading.advice);
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
