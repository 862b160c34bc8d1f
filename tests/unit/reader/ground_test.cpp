// What lies beside a sheet that runs out of the picture.
#include "core/reader/see/ground.hpp"

#include <doctest/doctest.h>
#include <opencv2/imgproc.hpp>

#include "core/reader/see/see.hpp"
#include "tests/unit/reader/canvas.hpp"

namespace doodled::sight {
namespace {

using test::Canvas;
using test::Line;

const cv::Scalar desk(96, 70, 52), paper(232, 228, 218);

// A sheet whose upper edge falls from 40 to 100 pixels below the rim, whose right one stands 60 pixels
// inside, and which runs out of the picture at its left and bottom.
Canvas sheet_at_a_corner() {
  Canvas canvas(800, 600, desk);
  cv::fillConvexPoly(canvas.pixels(), Line{{-1, 40}, {740, 95}, {740, 601}, {-1, 601}}, paper, cv::LINE_AA);
  return canvas;
}

// As a camera sees it: no two pixels of one colour.
cv::Mat& grained(cv::Mat& rgb, double deviation) {
  cv::Mat noise(rgb.size(), CV_16SC3);
  cv::RNG(7).fill(noise, cv::RNG::NORMAL, 0, deviation);
  cv::add(rgb, noise, rgb, cv::noArray(), CV_8U);
  return rgb;
}

}  // namespace

TEST_CASE("edges of a sheet are found from the sides of the picture that they face") {
  const Ground ground = find_ground(sheet_at_a_corner().pixels());
  REQUIRE(ground.edges[0].has_value());
  CHECK(ground.edges[0]->depth == doctest::Approx(69.7).epsilon(0.03));
  CHECK(ground.edges[0]->slope == doctest::Approx(55.0 / 741).epsilon(0.1));
  CHECK_FALSE(ground.edges[1].has_value());
  CHECK_FALSE(ground.edges[2].has_value());
  REQUIRE(ground.edges[3].has_value());
  CHECK(ground.edges[3]->depth == doctest::Approx(59).epsilon(0.04));
}

TEST_CASE("the mask of the ground leaves the sheet") {
  Canvas canvas = sheet_at_a_corner();
  const cv::Mat mask = find_ground(canvas.pixels()).mask(canvas.pixels().size());
  CHECK(mask.at<uchar>(20, 300) == 255);
  CHECK(mask.at<uchar>(400, 770) == 255);
  CHECK(mask.at<uchar>(120, 20) == 0);
  CHECK(mask.at<uchar>(590, 720) == 0);
}

TEST_CASE("the sheet and its print go on where ground was") {
  Canvas canvas = sheet_at_a_corner();
  for (int y = 120; y < 600; y += 30) canvas.draw({{0, y}, {740, y}}, 2, false, {150, 170, 200});
  const cv::Mat whole = covered(canvas.pixels(), find_ground(canvas.pixels()));
  CHECK(whole.at<cv::Vec3b>(20, 500) == cv::Vec3b(232, 228, 218));
  CHECK(whole.at<cv::Vec3b>(360, 795)[0] < 180);
  CHECK(canvas.pixels().at<cv::Vec3b>(20, 500) == cv::Vec3b(96, 70, 52));
}

TEST_CASE("a frame that was drawn has paper outside, and is no edge") {
  Canvas canvas(800, 600, paper);
  canvas.draw({{30, 30}, {770, 40}, {765, 570}, {25, 560}}, 24, true);
  CHECK(find_ground(canvas.pixels()).empty());
}

TEST_CASE("a shadow that fades has no edge, nor has an empty page") {
  Canvas canvas(800, 600, paper);
  CHECK(find_ground(canvas.pixels()).empty());
  for (int y = 0; y < 200; ++y) canvas.pixels().row(y) *= 0.5 + y / 400.0;
  CHECK(find_ground(canvas.pixels()).empty());
}

TEST_CASE("of a photograph whose sheet runs out of it only the sheet is read") {
  Canvas canvas = sheet_at_a_corner();
  for (int x = 30; x < 800; x += 45) canvas.draw({{x, 0}, {x + 20, 25}}, 5);  // grain of the desk
  canvas.ring({350, 330}, 110, 6);
  grained(canvas.pixels(), 6);
  const Reading reading = see(canvas.raster());
  CHECK(reading.kind == PictureKind::drawing);
  CHECK(reading.shapes.size() == 1);
  CHECK(test::count(reading, ShapeClass::circle) == 1);
  CHECK(reading.notes.at(0) == "What lies beside the sheet was left out.");
}

}  // namespace doodled::sight
