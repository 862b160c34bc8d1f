// Dashed arrows: rows that stop before their heads and figures, or that are short.
#include <cmath>

#include <doctest/doctest.h>

#include "core/reader/see/see.hpp"
#include "core/reader/see/spot_ends.hpp"
#include "tests/unit/reader/canvas.hpp"

using namespace doodled;
using namespace doodled::test;

namespace {

std::string ways_in(const Reading& reading) {
  const auto name = [&](int shape) {
    return shape < 0 ? std::string("nothing")
                     : std::string(to_string(reading.shapes[std::size_t(shape)].shape_class));
  };
  std::string ways;
  for (const Arrow& arrow : reading.arrows)
    ways += (ways.empty() ? "" : ", ") + name(arrow.from) + " to " + name(arrow.to);
  return ways;
}

Line four_sides(int x, int y, int width, int height) {
  return {{x, y}, {x + width, y}, {x + width, y + height}, {x, y + height}};
}

// Dashes as long as the gaps between them, caps aside.
void draw_dashes(Canvas& page, cv::Point from, cv::Point to, int pen, int dash = 14) {
  const cv::Point2d way = to - from;
  const double length = std::hypot(way.x, way.y);
  const auto at = [&](double gone) {
    return from + cv::Point(cvRound(way.x * gone / length), cvRound(way.y * gone / length));
  };
  for (double gone = 0; gone < length; gone += 2 * dash)
    page.draw({at(gone), at(std::min(length, gone + dash))}, pen);
}

Canvas ring_and_box() {
  Canvas page(1000, 500);
  page.ring({200, 250}, 90).draw(four_sides(680, 160, 240, 180), 4, true);
  return page;
}

}  // namespace

TEST_CASE("a dashed arrow leads on to its head, whatever form that has") {
  auto open = ring_and_box(), painted = ring_and_box(), outlined = ring_and_box();
  draw_dashes(open, {310, 250}, {630, 250}, 4);
  open.draw({{638, 236}, {664, 250}, {638, 264}});
  CHECK(ways_in(see(open.raster())) == "circle to rectangle");
  draw_dashes(painted, {310, 250}, {604, 250}, 4);
  painted.fill({{618, 236}, {664, 250}, {618, 264}});
  CHECK(ways_in(see(painted.raster())) == "circle to rectangle");
  draw_dashes(outlined, {310, 250}, {604, 250}, 4);
  outlined.draw({{620, 234}, {664, 250}, {620, 266}}, 4, true);
  CHECK(ways_in(see(outlined.raster())) == "circle to rectangle");
}

TEST_CASE("slanting dashes of a fine pen are a row though thinning takes most of them") {
  Canvas page(1000, 700);
  page.ring({150, 150}, 80).draw(four_sides(700, 520, 200, 140), 2, true);
  draw_dashes(page, {215, 215}, {640, 540}, 2, 12);
  page.draw({{645, 525}, {672, 564}, {628, 556}}, 2);
  CHECK(ways_in(see(page.raster())) == "circle to rectangle");
}

TEST_CASE("dashed arrows that join three figures in a circle are no outline") {
  Canvas page(1000, 800);
  page.ring({200, 650}, 70).draw(four_sides(700, 560, 180, 160), 4, true).ring({500, 150}, 80);
  const auto arrow = [&](cv::Point tail, cv::Point head) {
    const cv::Point2d way = head - tail;
    const double length = std::hypot(way.x, way.y);
    const cv::Point2d ahead = way / length, aside(-ahead.y, ahead.x);
    draw_dashes(page, tail, head - cv::Point(cvRound(36 * ahead.x), cvRound(36 * ahead.y)), 4);
    const auto barb = [&](double side) { return cv::Point(cv::Point2d(head) - 26 * ahead + side * aside); };
    page.fill({head, barb(12), barb(-12)});
  };
  arrow({295, 640}, {670, 640});
  arrow({240, 570}, {440, 245});
  arrow({755, 540}, {560, 232});
  CHECK(see(page.raster()).arrows.size() == 3);
}

TEST_CASE("three short lines in a row that lead to nothing stay three lines") {
  Canvas page(1000, 600);
  for (int i = 0; i < 3; ++i) page.draw({{300 + 50 * i, 300}, {330 + 50 * i, 300}});
  CHECK(count(see(page.raster()), ShapeClass::line) == 3);
}

TEST_CASE("the ends of a short slanting line lie half a pen within its ink") {
  cv::Mat mask = cv::Mat::zeros(100, 100, CV_8U);
  cv::line(mask, {40, 40}, {60, 60}, 255, 4);
  const auto ends = sight::ends_of_spot(mask, {50, 50}, 4, 30);
  REQUIRE(ends);
  CHECK(std::hypot((*ends)[0].x - (*ends)[1].x, (*ends)[0].y - (*ends)[1].y) ==
        doctest::Approx(28.3).epsilon(0.1));
  CHECK_FALSE(sight::ends_of_spot(mask, {50, 50}, 4, 8));
  cv::circle(mask, {20, 80}, 5, 255, cv::FILLED);
  CHECK_FALSE(sight::ends_of_spot(mask, {20, 80}, 4, 30));
}
