#include "core/image/strokes.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace doodled;

namespace {

Error refused(const char* json, const char* pointer = "") {
  const auto stroke = stroke_from_json(Json::parse(json), pointer);
  REQUIRE(stroke.has_error());
  return stroke.error();
}

std::string pointer_of(const char* json) { return refused(json).problems.at(0).pointer; }

HandStroke of_points(std::size_t count) {
  HandStroke stroke;
  stroke.points.resize(count);
  return stroke;
}

}  // namespace

TEST_CASE("a stroke comes back as it was written") {
  HandStroke stroke{7, Pen::brush, {255, 0, 16}, 0.02, {{0.1, 0.2, 0, 0.3}, {0.5, 1, 40.5, 1}}};
  const auto again = stroke_from_json(to_json(stroke));
  REQUIRE(again.has_value());
  CHECK(*again == stroke);
}

TEST_CASE("a stroke needs no more than places") {
  const auto stroke = stroke_from_json(Json::parse(R"({"points": [[0, 1], [0.5, 0.5, 12]]})"));
  REQUIRE(stroke.has_value());
  CHECK(stroke->id == 0);
  CHECK(stroke->pen == Pen::line);
  CHECK(stroke->points[1] == StrokePoint{0.5, 0.5, 12, 0.5});
}

TEST_CASE("a stroke that can't be used is refused with the field at fault") {
  CHECK(pointer_of(R"([])").empty());
  CHECK(pointer_of(R"({})") == "/points");
  CHECK(pointer_of(R"({"points": []})") == "/points");
  CHECK(pointer_of(R"({"points": [[0.5]]})") == "/points/0");
  CHECK(pointer_of(R"({"points": [[0, 0], [0, 1.01]]})") == "/points/1/1");
  CHECK(pointer_of(R"({"points": [[0, 0, -1]]})") == "/points/0/2");
  CHECK(pointer_of(R"({"points": [[0, 0, 9], [0, 0, 8]]})") == "/points/1/2");
  CHECK(pointer_of(R"({"points": [[0, 0, 0, 2]]})") == "/points/0/3");
  CHECK(pointer_of(R"({"points": [[0, null]]})") == "/points/0/1");
  CHECK(pointer_of(R"({"points": [[0, 0]], "pen": "chalk"})") == "/pen");
  CHECK(pointer_of(R"({"points": [[0, 0]], "colour": "red"})") == "/colour");
  CHECK(pointer_of(R"({"points": [[0, 0]], "colour": "#12345g"})") == "/colour");
  CHECK(pointer_of(R"({"points": [[0, 0]], "width": 0.5})") == "/width");
  CHECK(pointer_of(R"({"points": [[0, 0]], "id": 0})") == "/id");
  CHECK(pointer_of(R"({"points": [[0, 0]], "ink": 1})") == "/ink");
  CHECK(refused(R"({"points": 1})", "/stroke").problems.at(0).pointer == "/stroke/points");
}

TEST_CASE("a page has room for so many strokes and points, and no more") {
  Strokes strokes(max_page_strokes - 1, std::make_shared<const HandStroke>(of_points(1)));
  CHECK(check_room(strokes, of_points(1)).has_value());
  strokes.push_back(strokes.front());
  CHECK(check_room(strokes, of_points(1)).error().code == "too_many_strokes");
  strokes.assign(max_page_points / max_stroke_points,
                 std::make_shared<const HandStroke>(of_points(max_stroke_points)));
  CHECK(check_room(strokes, of_points(max_stroke_points)).error().code == "too_many_strokes");
}

TEST_CASE("a page is stored with its size and its strokes") {
  const StrokePage page{
      800,
      600,
      {std::make_shared<const HandStroke>(HandStroke{3, Pen::arrow, {1, 2, 3}, {}, {{0, 0}, {1, 1}}})}};
  const Json json = to_json(page);
  CHECK(json.at("width") == 800);
  CHECK(json.at("height") == 600);
  CHECK(*stroke_from_json(json.at("strokes").at(0)) == *page.strokes[0]);
}

TEST_CASE("a page is neither tiny nor a ribbon") {
  CHECK(check_page_size(800, 600).has_value());
  CHECK(check_page_size(800, 32).error().problems.at(0).pointer == "/height");
  CHECK(check_page_size(800, 64).error().code == "invalid_page");
  CHECK(check_page_size(9000, 8000).error().problems.at(0).pointer == "/width");
}
