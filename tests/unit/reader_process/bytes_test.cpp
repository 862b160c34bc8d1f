// Pages and readings as bytes between the daemon and its reader.
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "core/reader/protocol/page_bytes.hpp"
#include "core/reader/protocol/reading_bytes.hpp"

using namespace doodled;
using namespace doodled::reader;

namespace {

std::shared_ptr<const HandStroke> shared(HandStroke stroke) {
  return std::make_shared<const HandStroke>(std::move(stroke));
}

StrokePage page_of_two() {
  return {800,
          600,
          {shared({3, Pen::arrow, {1, 2, 255}, {}, {{0, 0, 10, 0.25}, {1, 1, 20, 1}}}),
           shared({4, Pen::brush, {0, 0, 0}, 0.025, {{0.123456, 0.5, 0, 0.5}}})}};
}

Reading full_reading() {
  Reading reading;
  reading.kind = PictureKind::drawing;
  reading.confidence = 0.75;
  reading.width = 800, reading.height = 600;
  reading.ink = 0.123456;
  reading.page = {{-0.25, 0}, {1, 1.5}};
  reading.shapes.resize(2);
  reading.shapes[0] = {ShapeClass::star,
                       0.5,
                       {0.1, 0.2, 0.3, 0.4},
                       {{0.1, 0.2}, {0.3, 0.6}},
                       {{0.4, 0.5}},
                       0.5,
                       {1, 20, 255},
                       0.01,
                       1};
  reading.hulls = {{{0.1, 0.2}, {0.3, 0.6}, {-0.5, 1.5}}, {{0.5, 0.25}}};
  reading.curves.push_back({{-1, 0, 0.33333, 1}, {0.1, 0.1, 0.5, 0.2}, 1});
  reading.arrows.push_back({0, -1, 0.25, 1, {0.1, 0.1}, {0.4, 0.1}});
  reading.grid = Grid{2, 3, {{0, 1, 0}, {1, 0, 0.5}}, {0, 0, 1, 1}};
  reading.photo.palette = {{255, 0, 10}, {3, 4, 5}};
  reading.photo.focal_points = {{0.5, 0.5}};
  reading.photo.horizon = -1, reading.photo.hue_degrees = 359.5;
  reading.photo.cells[4] = 0.25;
  reading.advice = "Draw.", reading.notes = {"one", "two"};
  return reading;
}

}  // namespace

TEST_CASE("a page comes back with all that is needed to draw it") {
  const StrokePage page = page_of_two();
  const auto back = page_from_bytes(page_bytes(page));
  REQUIRE(back.has_value());
  CHECK(back->width == 800);
  CHECK(back->height == 600);
  REQUIRE(back->strokes.size() == 2);
  CHECK(*back->strokes[0] == HandStroke{0, Pen::arrow, {1, 2, 255}, {}, {{0, 0, 0, 0.25}, {1, 1, 0, 1}}});
  CHECK(back->strokes[1]->width == 0.025);
  CHECK(back->strokes[1]->points.at(0).x == to_json(*page.strokes[1]).at("points")[0][0].get<double>());
}

TEST_CASE("a page that was cut off, goes on or holds what no page holds is refused") {
  const auto bytes = page_bytes(page_of_two());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    CAPTURE(size);
    CHECK(page_from_bytes(Bytes(bytes).first(size)).has_error());
  }
  const auto refused = [&](std::size_t at, std::uint8_t value) {
    auto changed = bytes;
    changed.at(at) = value;
    return page_from_bytes(changed).has_error();
  };
  constexpr std::size_t width = 0, strokes = 8, pen = 12, points = 24, x = 28;
  CHECK(refused(width + 1, 255));
  CHECK(refused(strokes, 3));
  CHECK(refused(strokes + 3, 1));
  CHECK(refused(pen, 5));
  CHECK(refused(points, 0));
  CHECK(refused(x + 2, 2));  // beyond the page
  CHECK_FALSE(refused(x, 200));
  auto longer = bytes;
  longer.push_back(0);
  CHECK(page_from_bytes(longer).has_error());
}

TEST_CASE("a reading comes back from bytes as it does from JSON") {
  const Reading reading = full_reading();
  const auto back = reading_from_bytes(reading_bytes(reading));
  REQUIRE(back.has_value());
  CHECK(to_text(*back) == to_text(reading));
  const auto through_json = reading_from_json(to_json(reading));
  CHECK(back->ink == through_json->ink);
  CHECK(back->curves[0].samples == through_json->curves[0].samples);
  CHECK(back->shapes[0].polygon == through_json->shapes[0].polygon);
  const auto empty = reading_from_bytes(reading_bytes({}));
  REQUIRE(empty.has_value());
  CHECK_FALSE(empty->grid.has_value());
}

TEST_CASE("bytes that make no reading are refused") {
  const auto bytes = reading_bytes(full_reading());
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    CAPTURE(size);
    CHECK(reading_from_bytes(Bytes(bytes).first(size)).has_error());
  }
  const auto refused = [](auto change) {
    Reading reading = full_reading();
    change(reading);
    const auto back = reading_from_bytes(reading_bytes(reading));
    return back.has_error() && back.error().code == "invalid_reading";
  };
  CHECK(refused([](Reading& r) { r.confidence = 1.5; }));
  CHECK(refused([](Reading& r) { r.ink = std::nan(""); }));
  CHECK(refused([](Reading& r) { r.shapes[0].polygon[1].x = 2.5; }));
  CHECK(refused([](Reading& r) { r.shapes[0].stroke.resize(257); }));
  CHECK(refused([](Reading& r) { r.shapes[1].inside = 2; }));
  CHECK(refused([](Reading& r) { r.arrows[0].to = 7; }));
  CHECK(refused([](Reading& r) { r.grid->cells[0].push_back(0); }));
  CHECK(refused([](Reading& r) { r.notes[0] = "\xff"; }));
  CHECK(refused([](Reading& r) { r.shapes[0].shape_class = static_cast<ShapeClass>(18); }));
}
