// Functions in a box.
#include <algorithm>
#include <cmath>

#include <doctest/doctest.h>

#include "core/reader/see/see.hpp"
#include "tests/unit/reader/canvas.hpp"

using namespace doodled;
using namespace doodled::test;

namespace {

constexpr int left = 150, right = 850, top = 150, bottom = 490;

Canvas box(int pen = 3) {
  Canvas page(1000, 640);
  page.draw({{left, top}, {right, top}, {right, bottom}, {left, bottom}}, pen, true);
  return page;
}

// Two swings, `off` pixels from the box on each side.
Line swings(int off) {
  Line line;
  for (int i = 0; i <= 400; ++i) {
    const double t = i / 400.0;
    line.push_back({cvRound(left + off + (right - left - 2 * off) * t),
                    cvRound((top + bottom) / 2.0 - ((bottom - top) / 2.0 - off) * std::sin(4 * CV_PI * t))});
  }
  return line;
}

}  // namespace

TEST_CASE("a curve in a box is read whether it touches the box or not") {
  for (const int off : {0, 6, 14, 40}) {
    CAPTURE(off);
    const Reading reading = see(box().draw(swings(off), 4).raster());
    CHECK(count(reading, ShapeClass::rectangle) == 1);
    REQUIRE(reading.curves.size() == 1);
    REQUIRE(reading.shapes.size() == 2);
    double error = 0;
    for (int i = 0; i < 64; ++i)
      error =
          std::max(error, std::abs(reading.curves[0].samples[std::size_t(i)] - std::sin(4 * CV_PI * i / 63)));
    CHECK(error < 0.25);
  }
}

TEST_CASE("a line along the diagonal of a box is a line in a box") {
  for (const int off : {0, 20}) {
    CAPTURE(off);
    const Reading reading =
        see(box().draw({{left + off, bottom - off}, {right - off, top + off}}, 5).raster());
    CHECK(count(reading, ShapeClass::rectangle) == 1);
    CHECK(count(reading, ShapeClass::line) == 1);
    CHECK(reading.shapes.size() == 2);
    CHECK(reading.curves.size() == 1);
  }
}

TEST_CASE("a crossed box holds no curve, nor does one with a figure in it") {
  const Line up{{left, bottom}, {right, top}}, down{{left, top}, {right, bottom}};
  CHECK(count(see(box().draw(up).draw(down).raster()), ShapeClass::line) != 1);
  const Reading reading = see(box().ring({500, 320}, 100).raster());
  CHECK(count(reading, ShapeClass::circle) == 1);
  CHECK(reading.curves.empty());
}
