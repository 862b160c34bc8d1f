// Shaded areas.
#include <doctest/doctest.h>

#include "core/reader/see/see.hpp"
#include "tests/unit/reader/canvas.hpp"

using namespace doodled;
using namespace doodled::test;

TEST_CASE("lines side by side are one hatched area") {
  Canvas page(800, 600);
  for (int i = 0; i < 9; ++i) page.draw({{200 + 30 * i, 200}, {160 + 30 * i, 400}});
  const Reading reading = see(page.raster());
  REQUIRE(reading.shapes.size() == 1);
  CHECK(reading.shapes[0].shape_class == ShapeClass::hatching);
  CHECK(reading.shapes[0].fill > 0.05);
  CHECK(reading.shapes[0].fill < 0.5);
}

TEST_CASE("a scribble to and fro is a hatched area, a zigzag is none") {
  Line scribble, zigzag;
  for (int i = 0; i < 20; ++i) scribble.push_back({200 + 14 * i, i % 2 ? 180 : 420});
  for (int i = 0; i < 9; ++i) zigzag.push_back({150 + 60 * i, i % 2 ? 240 : 360});
  Canvas first(800, 600), second(800, 600);
  const Reading shaded = see(first.draw(scribble).raster()), jagged = see(second.draw(zigzag).raster());
  REQUIRE(!shaded.shapes.empty());
  CHECK(shaded.shapes[0].shape_class == ShapeClass::hatching);
  REQUIRE(!jagged.shapes.empty());
  CHECK(jagged.shapes[0].shape_class == ShapeClass::zigzag);
}

TEST_CASE("hatching inside a figure names the figure") {
  Canvas page(800, 600);
  page.draw({{200, 120}, {600, 120}, {600, 480}, {200, 480}}, 4, true);
  for (int i = 0; i < 8; ++i) page.draw({{270 + 36 * i, 170}, {250 + 36 * i, 430}});
  const Reading reading = see(page.raster());
  REQUIRE(count(reading, ShapeClass::hatching) == 1);
  for (const Shape& shape : reading.shapes)
    if (shape.shape_class == ShapeClass::hatching) {
      REQUIRE(shape.inside >= 0);
      CHECK(reading.shapes[std::size_t(shape.inside)].fill > 0.05);
    }
}

TEST_CASE("a painted area without a form of its own counts as filled") {
  Canvas page(800, 600);
  page.draw({{20, 20}, {780, 20}, {780, 580}, {20, 580}}, 4, true);
  cv::fillPoly(page.pixels(),
               std::vector<Line>{{{352, 276},
                                  {381, 264},
                                  {395, 290},
                                  {429, 271},
                                  {448, 307},
                                  {405, 310},
                                  {414, 338},
                                  {362, 329},
                                  {383, 305}}},
               {30, 30, 30}, cv::LINE_AA);
  const Reading reading = see(page.raster());
  CHECK(count(reading, ShapeClass::hatching) == 1);
  for (const Shape& shape : reading.shapes)
    if (shape.shape_class == ShapeClass::hatching) CHECK(shape.fill == doctest::Approx(1));
}

TEST_CASE("five lines far apart are five lines") {
  Canvas page(800, 600);
  for (int i = 0; i < 5; ++i) page.draw({{100 + 140 * i, 200}, {100 + 140 * i, 400}});
  CHECK(count(see(page.raster()), ShapeClass::line) == 5);
}
