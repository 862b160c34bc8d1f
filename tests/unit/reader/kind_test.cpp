// Drawing or photograph, of pictures that a camera took.
#include <doctest/doctest.h>

#include "core/reader/see/see.hpp"
#include "tests/unit/reader/canvas.hpp"

using namespace doodled;
using test::Canvas;
using test::Line;

namespace {

// Grey levels that wander about 0 by `deviation`, over `breadth` pixels.
cv::Mat wandering(cv::Size size, double breadth, double deviation) {
  cv::Mat noise(size, CV_32F);
  cv::RNG(5).fill(noise, cv::RNG::NORMAL, 0, 1);
  cv::GaussianBlur(noise, noise, {0, 0}, breadth);
  cv::Scalar mean, spread;
  cv::meanStdDev(noise, mean, spread);
  return (noise - mean[0]) * (deviation / spread[0]);
}

void vary(Canvas& canvas, double breadth, double deviation) {
  const cv::Mat levels = wandering(canvas.pixels().size(), breadth, deviation);
  cv::Mat rgb;
  cv::merge(std::vector{levels, levels, levels}, rgb);
  cv::add(canvas.pixels(), rgb, canvas.pixels(), {}, CV_8UC3);
}

}  // namespace

TEST_CASE("a landscape in fog is a photograph, as little as it differs from itself") {
  Canvas fog(800, 600, {205, 206, 208});
  vary(fog, 25, 6);
  vary(fog, 1, 2);
  const Reading reading = see(fog.raster());
  CHECK(reading.kind == PictureKind::photo);
  CHECK(reading.confidence > 0.8);
}

TEST_CASE("what is drawn on grainy paper is a drawing") {
  Canvas kraft(800, 600, {186, 148, 104});
  vary(kraft, 2, 6);
  const Reading reading = see(kraft.ring({400, 300}, 180, 7).raster());
  CHECK(reading.kind == PictureKind::drawing);
  CHECK(reading.confidence > 0.8);
  CHECK(test::count(reading, ShapeClass::circle) == 1);
}

TEST_CASE("a photograph of a clean page says that it is empty") {
  Canvas page(800, 600, {236, 233, 226});
  vary(page, 1, 2);
  const Reading reading = see(page.raster());
  CHECK(reading.kind == PictureKind::nothing);
  CHECK(!reading.advice.empty());
}

TEST_CASE("the rim of a soft shadow on a clean page is nothing that was drawn") {
  for (const bool drawn : {false, true}) {
    cv::Mat light(600, 800, CV_32F, cv::Scalar(1));
    cv::circle(light, {420, 560}, 260, 0.5, -1);
    cv::GaussianBlur(light, light, {0, 0}, 28);
    Canvas page(800, 600, {236, 233, 226});
    if (drawn) page.ring({250, 200}, 60, 3);
    cv::Mat shade, levels;
    cv::merge(std::vector{light, light, light}, shade);
    page.pixels().convertTo(levels, CV_32F);
    cv::Mat(levels.mul(shade)).convertTo(page.pixels(), CV_8U);
    vary(page, 1, 2);
    const Reading reading = see(page.raster());
    CHECK(reading.kind == (drawn ? PictureKind::drawing : PictureKind::nothing));
  }
}

TEST_CASE("a clean sheet on a table is empty, however uneven the table is") {
  Canvas table(1000, 800, {120, 85, 55});
  vary(table, 6, 25);
  cv::fillConvexPoly(table.pixels(), Line{{120, 110}, {880, 90}, {890, 680}, {130, 700}}, {238, 236, 230},
                     cv::LINE_AA);
  vary(table, 100, 6);
  const Reading reading = see(table.raster());
  CHECK(reading.kind == PictureKind::nothing);
  CHECK(reading.page.size() == 4);
  CHECK(!reading.advice.empty());
}

TEST_CASE("chalk on a board that hangs on a lighter wall is a drawing") {
  Canvas wall(1000, 800, {200, 195, 180});
  cv::fillConvexPoly(wall.pixels(), Line{{120, 130}, {870, 90}, {890, 680}, {140, 710}}, {40, 62, 50},
                     cv::LINE_AA);
  vary(wall, 30, 5);
  vary(wall, 1, 2);
  cv::circle(wall.pixels(), {500, 400}, 150, {225, 225, 220}, 9, cv::LINE_AA);
  const Reading reading = see(wall.raster());
  CHECK(reading.kind == PictureKind::drawing);
  CHECK(reading.page.size() == 4);
  REQUIRE(reading.shapes.size() == 1);
  CHECK(reading.shapes[0].shape_class == ShapeClass::circle);
  CHECK(reading.shapes[0].box.centre().x == doctest::Approx(0.5).epsilon(0.02));
}

TEST_CASE("light strokes on darker ground that fills the picture are a drawing") {
  const cv::Scalar board(128, 132, 130), kraft(200, 168, 122);
  for (const cv::Scalar& ground : {board, kraft})
    for (const int side : {800, 500}) {
      Canvas canvas(side, side * 3 / 4, ground);
      vary(canvas, 30, 8);
      vary(canvas, 1, 2);
      cv::circle(canvas.pixels(), {side / 2, side * 3 / 8}, side / 5, {246, 246, 242}, side / 110,
                 cv::LINE_AA);
      const Reading reading = see(canvas.raster());
      CHECK(reading.kind == PictureKind::drawing);
      CHECK(reading.confidence > 0.7);
      CHECK(test::count(reading, ShapeClass::circle) == 1);
    }
}

TEST_CASE("walls of bricks and lamps at night are photographs") {
  Canvas wall(800, 600, {96, 94, 92});
  for (int y = 0; y < 600; y += 40) {
    wall.draw({{0, y}, {800, y}}, 6, false, {165, 165, 160});
    for (int x = y % 80; x < 800; x += 80) wall.draw({{x, y}, {x, y + 40}}, 6, false, {165, 165, 160});
  }
  vary(wall, 1, 8);
  CHECK(see(wall.raster()).kind == PictureKind::photo);
  Canvas night(800, 600, {16, 16, 22});
  vary(night, 40, 6);
  for (int x = 80; x < 800; x += 160)
    cv::circle(night.pixels(), {x, 260}, 34, {230, 225, 200}, -1, cv::LINE_AA);
  vary(night, 12, 3);
  CHECK(see(night.raster()).kind == PictureKind::photo);
}

TEST_CASE("a frame is no sheet's edge, on a dark canvas as on paper") {
  for (const bool dark : {true, false}) {
    Canvas page(1000, 800, dark ? cv::Scalar(28, 28, 30) : cv::Scalar(236, 233, 226));
    if (!dark) vary(page, 1, 2);
    const cv::Scalar pen = dark ? cv::Scalar(240, 240, 240) : cv::Scalar(30, 30, 34);
    page.draw({{150, 120}, {860, 130}, {850, 680}, {140, 690}}, 14, true, pen);
    cv::circle(page.pixels(), {500, 400}, 120, pen, 6, cv::LINE_AA);
    const Reading reading = see(page.raster());
    CHECK(reading.kind == PictureKind::drawing);
    CHECK(reading.shapes.size() == 2);
  }
}
