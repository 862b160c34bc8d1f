// Figures as hands draw them: in pieces, wound up, with loops.
#include <cmath>
#include <utility>

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

// Where a pen is while t goes from 0 to 1, from the middle of the page.
template <class At>
Line drawn(At at, int points = 600) {
  Line line;
  for (int i = 0; i <= points; ++i) {
    const cv::Point2d p = at(static_cast<double>(i) / points);
    line.push_back({cvRound(400 + p.x), cvRound(300 + p.y)});
  }
  return line;
}

cv::Point2d polar(double radius, double turns) {
  return {radius * std::cos(2 * CV_PI * turns), radius * std::sin(2 * CV_PI * turns)};
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

TEST_CASE("a wide open spiral is no arrow, whatever lies side by side at its end") {
  Canvas page(800, 600);
  CHECK(largest(page.draw(drawn([](double t) { return polar(15 + 160 * t, 4 * t); }), 9)) ==
        ShapeClass::spiral);
}

TEST_CASE("a whirlwind, whose rounds become a zigzag, is a spiral") {
  Canvas page(800, 600);
  const Line whirlwind = drawn([](double t) {
    return cv::Point2d((1 - 0.9 * t) * 150 * std::cos(40 * t),
                       360 * t - 180 + 45 * (1 - t) * std::sin(40 * t));
  });
  CHECK(largest(page.draw(whirlwind, 4)) == ShapeClass::spiral);
}

TEST_CASE("loops in a row are a wave") {
  Canvas page(800, 600);
  const Line loops = drawn(
      [](double t) { return cv::Point2d(560 * t - 280 + 50 * std::cos(44 * t), 55 * std::sin(44 * t)); });
  CHECK(largest(page.draw(loops, 4)) == ShapeClass::wave);
}

TEST_CASE("tall swings are a wave when their crests are round, a zigzag when they are sharp") {
  Canvas first(800, 600), second(800, 600);
  Line zigzag;
  for (int i = 0; i <= 8; ++i) zigzag.push_back({200 + 50 * i, i % 2 ? 180 : 420});
  const Line wave = drawn([](double t) { return cv::Point2d(400 * t - 200, 120 * std::sin(8 * CV_PI * t)); });
  CHECK(largest(first.draw(wave, 5)) == ShapeClass::wave);
  CHECK(largest(second.draw(zigzag, 5)) == ShapeClass::zigzag);
}

TEST_CASE("flat swings are a wave, a hand that trembles draws a line") {
  Canvas first(800, 600), second(800, 600);
  const auto swinging = [](double height) {
    return drawn([=](double t) { return cv::Point2d(560 * t - 280, height * std::sin(4 * CV_PI * t)); });
  };
  CHECK(largest(first.draw(swinging(32), 4)) == ShapeClass::wave);
  CHECK(largest(second.draw(swinging(4), 4)) == ShapeClass::line);
}

TEST_CASE("three sides that are far from each other are a triangle") {
  Canvas page(800, 600);
  page.draw({{250, 400}, {350, 190}}, 5).draw({{420, 170}, {520, 370}}, 5).draw({{300, 470}, {470, 465}}, 5);
  CHECK(largest(page) == ShapeClass::triangle);
}

TEST_CASE("three lines that lead anywhere are three lines") {
  Canvas page(800, 600);
  page.draw({{100, 100}, {350, 120}}, 5).draw({{150, 300}, {420, 520}}, 5).draw({{600, 80}, {620, 500}}, 5);
  CHECK(count(see(page.raster()), ShapeClass::line) == 3);
}

TEST_CASE("a long bar that is a little narrower at one end is a rectangle") {
  Canvas page(800, 600);
  CHECK(largest(page.draw({{150, 290}, {650, 270}, {650, 350}, {150, 335}}, 4, true)) ==
        ShapeClass::rectangle);
}

TEST_CASE("loops above one another are a whirlwind") {
  Canvas page(800, 600);
  const Line loops = drawn(
      [](double t) { return cv::Point2d(70 * std::cos(50 * t), 440 * t - 220 + 45 * std::sin(50 * t)); });
  CHECK(largest(page.draw(loops, 4)) == ShapeClass::spiral);
}

TEST_CASE("a thick line that winds is no painted area") {
  Canvas page(800, 600);
  const Line whirlwind = drawn([](double t) {
    return cv::Point2d((1 - 0.85 * t) * 140 * std::cos(29 * t),
                       320 * t - 160 + 45 * (1 - t) * std::sin(29 * t));
  });
  CHECK(largest(page.draw(whirlwind, 8)) == ShapeClass::spiral);
}

TEST_CASE("a painted disc that is alone on its page is a circle, a small one a dot") {
  for (const auto& [radius, expected] : {std::pair(90, ShapeClass::circle), std::pair(10, ShapeClass::dot)}) {
    CAPTURE(radius);
    Canvas page(800, 600);
    cv::circle(page.pixels(), {400, 300}, radius, {20, 20, 20}, cv::FILLED, cv::LINE_AA);
    CHECK(largest(page) == expected);
  }
}

TEST_CASE("a line with slim loops is one line: where it crosses itself it goes on") {
  Canvas page(800, 600);
  const Line line = drawn([](double t) {
    return cv::Point2d(-330 + 660 * t + 66 * std::sin(8 * CV_PI * t),
                       -130 * std::cos(8 * CV_PI * t) + 60 * t);
  });
  const Reading reading = see(page.draw(line, 5).raster());
  REQUIRE(reading.shapes.size() == 1);
  CHECK(reading.shapes[0].shape_class == ShapeClass::wave);
  REQUIRE(reading.curves.size() == 1);
  CHECK(reading.curves[0].box.width > 0.8);
}

TEST_CASE("rings that lines touch stay rings") {
  Canvas page(1000, 500);
  page.ring({150, 250}, 80, 8).ring({500, 250}, 80, 8).ring({850, 250}, 80, 8);
  page.draw({{228, 250}, {422, 250}}, 8).draw({{578, 250}, {772, 250}}, 8);
  const Reading reading = see(page.raster());
  CHECK(count(reading, ShapeClass::circle) == 3);
  CHECK(reading.arrows.size() == 2);
}
