#include <cmath>

#include <doctest/doctest.h>

#include "core/reader/see/see.hpp"
#include "tests/unit/reader/canvas.hpp"

using namespace doodled;
using namespace doodled::test;

namespace {

// Dashes of 26 pixels at gaps of 16 from one point to the next, over corners too.
void draw_dashed(Canvas& page, const Line& corners) {
  double gone = 0;
  Line dash;
  for (std::size_t i = 0; i + 1 < corners.size(); ++i) {
    const cv::Point2d way = corners[i + 1] - corners[i];
    const int length = cvRound(std::hypot(way.x, way.y));
    for (int k = 0; k < length; ++k, ++gone) {
      const bool on = std::fmod(gone, 42) < 26;
      if (on)
        dash.push_back(corners[i] + cv::Point(cvRound(way.x * k / length), cvRound(way.y * k / length)));
      if (!on && !dash.empty()) page.draw(dash), dash.clear();
    }
  }
  page.draw(dash);
}

}  // namespace

TEST_CASE("a dashed line is one line, round its corners") {
  Canvas page(1000, 600);
  draw_dashed(page, {{100, 480}, {220, 120}, {360, 300}, {640, 300}, {860, 480}});
  const Reading reading = see(page.raster());
  REQUIRE(reading.curves.size() == 1);
  CHECK(reading.shapes.size() == 1);
  const auto& samples = reading.curves[0].samples;
  CHECK(samples[10] == doctest::Approx(1).epsilon(0.15));
  CHECK(samples[32] == doctest::Approx(0).epsilon(0.1));
}

TEST_CASE("dashes that are hardly longer than the pen is broad make one line, and no dots") {
  Canvas page(1000, 600);
  for (int i = 0; i < 20; ++i) page.draw({{100 + 36 * i, 100 + 15 * i}, {112 + 36 * i, 105 + 15 * i}}, 9);
  const Reading reading = see(page.raster());
  CHECK(reading.shapes.size() == 1);
  CHECK(count(reading, ShapeClass::line) == 1);
}

TEST_CASE("lines side by side and a few dashes are no dashed line") {
  Canvas page(1000, 600);
  for (int i = 0; i < 3; ++i) page.draw({{100 + 60 * i, 100}, {140 + 60 * i, 100}});
  for (int i = 0; i < 4; ++i) page.draw({{500 + 60 * i, 300}, {500 + 60 * i, 420}});
  CHECK(count(see(page.raster()), ShapeClass::line) == 7);
}
