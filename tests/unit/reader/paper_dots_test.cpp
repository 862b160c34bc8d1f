#include "core/reader/see/paper_dots.hpp"

#include <doctest/doctest.h>
#include <opencv2/imgproc.hpp>

#include "core/reader/see/see.hpp"
#include "tests/unit/reader/canvas.hpp"

using namespace doodled;
using namespace doodled::test;

namespace {

void print_dots(cv::Mat& page, cv::Rect where, int step, const cv::Scalar& colour) {
  for (int y = where.y; y < where.br().y; y += step)
    for (int x = where.x; x < where.br().x; x += step) cv::circle(page, {x, y}, 2, colour, cv::FILLED);
}

}  // namespace

TEST_CASE("a figure on dotted paper is read as if the paper were plain") {
  Canvas page(1000, 700);
  print_dots(page.pixels(), {8, 8, 984, 684}, 26, {90, 90, 90});
  const Reading reading = see(page.ring({500, 350}, 200, 10).raster());
  REQUIRE(reading.shapes.size() == 1);
  CHECK(reading.shapes[0].shape_class == ShapeClass::circle);
  CHECK(reading.shapes[0].thickness * 1000 == doctest::Approx(10).epsilon(0.25));
  REQUIRE(reading.notes.size() == 1);
  CHECK(reading.notes[0].starts_with("The dots"));
}

TEST_CASE("dots that leave much of the page free, or stand anyhow, were drawn") {
  cv::Mat corner = cv::Mat::zeros(700, 1000, CV_8U), anyhow = corner.clone();
  print_dots(corner, {8, 8, 600, 400}, 26, 180);
  for (unsigned i = 0, chance = 1; i < 600; ++i) {
    const auto next = [&chance](unsigned below) {
      chance = chance * 1664525U + 1013904223U;
      return static_cast<int>((chance >> 8) % below);
    };
    const int x = next(990);
    cv::circle(anyhow, {5 + x, 5 + next(690)}, 1, 180, cv::FILLED);
  }
  for (cv::Mat* dark : {&corner, &anyhow}) {
    const cv::Mat mask = *dark > 0;
    CHECK_FALSE(sight::remove_paper_dots(*dark, mask));
    CHECK(cv::countNonZero(*dark) == cv::countNonZero(mask));
  }
}

TEST_CASE("a picture of a few rows is looked at for dots, too") {
  for (const int rows : {1, 2, 7, 15}) {
    Canvas page(1200, rows);
    page.draw({{10, 0}, {400, rows - 1}}, 1);
    CHECK(see(page.raster()).notes.empty());
  }
}
