// Figures as hands draw them: in pieces, wound up, with loops.
#include <cmath>

#include <doctest/doctest.h>

#include "core/reader/see/see.hpp"
#include "tests/unit/reader/canvas.hpp"

using namespace doodled;
using namespace doodled::test;

namespace {

ShapeClass largest(Canvas& page) {
  const Reading reading = see(page.raster());
  REQUIRE(!reading.shapes.empty());
  return reading.shapes[0].shape_class;
}

Line regular(int corners, double radius) {
  Line line;
  for (int i = 0; i < corners; ++i)
    line.push_back({cvRound(400 + radius * std::cos(2 * CV_PI * i / corners)),
                    cvRound(300 + radius * std::sin(2 * CV_PI * i / corners))});
  return line;
}

}  // namespace

TEST_CASE("lines that do not quite meet are one outline") {
  Canvas page(800, 600);
  page.draw({{200, 450}, {380, 160}}, 5).draw({{420, 160}, {600, 445}}, 5).draw({{240, 475}, {570, 470}}, 5);
  const Reading reading = see(page.raster());
  REQUIRE(reading.shapes.size() == 1);
  CHECK(reading.shapes[0].shape_class == ShapeClass::triangle);
}

TEST_CASE("two parallel lines are no outline") {
  Canvas page(800, 600);
  page.draw({{200, 250}, {600, 250}}).draw({{200, 330}, {600, 330}});
  CHECK(count(see(page.raster()), ShapeClass::line) == 2);
}

TEST_CASE("a hexagon has corners, a circle has none") {
  Canvas first(800, 600), second(800, 600);
  CHECK(largest(first.draw(regular(6, 180), 4, true)) == ShapeClass::polygon);
  CHECK(largest(second.draw(regular(72, 180), 4, true)) == ShapeClass::circle);
}

TEST_CASE("a whirl that crosses itself is a spiral") {
  Canvas page(800, 600);
  Line whirl;
  for (int i = 0; i < 500; ++i) {
    const double radius = 30 + 0.35 * i + 25 * std::sin(i * 0.05);
    whirl.push_back({cvRound(400 + radius * std::cos(i * 0.07)), cvRound(300 + radius * std::sin(i * 0.07))});
  }
  CHECK(largest(page.draw(whirl)) == ShapeClass::spiral);
}

TEST_CASE("a line is read to its ends") {
  Canvas page(800, 600);
  const Reading reading = see(page.draw({{100, 150}, {700, 430}}, 4).raster());
  REQUIRE(reading.shapes.size() == 1);
  const auto& stroke = reading.shapes[0].stroke;
  CHECK(stroke.front().x * 800 == doctest::Approx(100).epsilon(0.04));
  CHECK(stroke.back().x * 800 == doctest::Approx(700).epsilon(0.006));
}
