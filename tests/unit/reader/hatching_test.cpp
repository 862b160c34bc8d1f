// Shaded areas.
#include <algorithm>

#include <doctest/doctest.h>

#include "core/reader/see/see.hpp"
#include "tests/unit/reader/canvas.hpp"

using namespace doodled;
using namespace doodled::test;

namespace {

// A circle of 180 pixels' radius in the middle, and lines across it at `angle`, `step` pixels from each
// other, that end `over` pixels beyond it.
void shade_circle(Canvas& page, double angle, int step, int over = 0) {
  const cv::Point2d middle(400, 300), along(std::cos(angle), std::sin(angle)), across(-along.y, along.x);
  page.ring(middle, 180);
  for (int off = -180 + step / 2; off < 175; off += step) {
    const double half = std::sqrt(180.0 * 180 - off * off) + over;
    page.draw(
        {cv::Point(middle + across * off - along * half), cv::Point(middle + across * off + along * half)});
  }
}

void check_shaded_circle(const Canvas& page) {
  const Reading reading = see(page.raster());
  REQUIRE(reading.shapes.size() == 2);
  const bool first = reading.shapes[0].shape_class == ShapeClass::hatching;
  const Shape &area = reading.shapes[first ? 0 : 1], &circle = reading.shapes[first ? 1 : 0];
  CHECK(area.shape_class == ShapeClass::hatching);
  CHECK(area.inside == (first ? 1 : 0));
  CHECK(circle.shape_class == ShapeClass::circle);
  CHECK(circle.fill > 0.05);
  CHECK(circle.fill < 0.6);
}

}  // namespace

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

TEST_CASE("hatching may stop short of an outline, reach it or run over it") {
  for (const int over : {-14, 0, 10}) {
    CAPTURE(over);
    Canvas wide(800, 600), narrow(800, 600);
    shade_circle(wide, 0.7, 60, over), shade_circle(narrow, -0.4, 16, over);
    check_shaded_circle(wide);
    check_shaded_circle(narrow);
  }
}

TEST_CASE("a figure may be hatched crosswise") {
  Canvas page(800, 600);
  shade_circle(page, 0.8, 24), shade_circle(page, 2.3, 24);
  check_shaded_circle(page);
}

TEST_CASE("denser hatching fills more of its figure") {
  double fill = 0;
  for (const int step : {48, 24, 12}) {
    Canvas page(800, 600);
    shade_circle(page, 0.7, step);
    const auto shapes = see(page.raster()).shapes;
    const auto circle = std::ranges::find(shapes, ShapeClass::circle, &Shape::shape_class);
    REQUIRE(circle != shapes.end());
    CHECK(circle->fill > 1.3 * fill);
    fill = circle->fill;
  }
}

TEST_CASE("an arrow leads to a hatched figure, not to the lines in it") {
  Canvas page(1000, 500);
  page.draw({{100, 150}, {300, 150}, {300, 350}, {100, 350}}, 4, true);
  page.draw({{700, 150}, {900, 150}, {900, 350}, {700, 350}}, 4, true);
  for (int i = 1; i < 10; ++i) page.draw({{700 + 20 * i, 150}, {700, 150 + 20 * i}});
  for (int i = 0; i < 10; ++i) page.draw({{900, 150 + 20 * i}, {700 + 20 * i, 350}});
  page.arrow({315, 250}, {685, 250});
  const Reading reading = see(page.raster());
  REQUIRE(reading.arrows.size() == 1);
  REQUIRE(reading.arrows[0].to >= 0);
  CHECK(reading.shapes[std::size_t(reading.arrows[0].to)].shape_class == ShapeClass::square);
  CHECK(count(reading, ShapeClass::hatching) == 1);
  CHECK(reading.shapes.size() == 4);
}

TEST_CASE("a plain figure that a hatched one touches stays plain") {
  Canvas page(800, 600);
  page.draw({{120, 200}, {320, 200}, {320, 400}, {120, 400}}, 4, true);
  for (int y = 220; y < 400; y += 20) page.draw({{120, y}, {320, y}});
  page.ring({422, 300}, 100);
  const Reading reading = see(page.raster());
  CHECK(count(reading, ShapeClass::hatching) == 1);
  CHECK(count(reading, ShapeClass::square) == 1);
  CHECK(count(reading, ShapeClass::circle) == 1);
}

TEST_CASE("windows in a wall are no hatching") {
  Canvas page(800, 600);
  page.draw({{200, 100}, {600, 100}, {600, 500}, {200, 500}}, 4, true);
  for (const int x : {240, 350, 460})
    for (const int y : {140, 250, 360})
      page.draw({{x, y}, {x + 80, y}, {x + 80, y + 80}, {x, y + 80}}, 4, true);
  CHECK(count(see(page.raster()), ShapeClass::hatching) == 0);
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
