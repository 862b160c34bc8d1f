// Pens far paler than what else is drawn.
#include "core/reader/see/pale_ink.hpp"

#include <doctest/doctest.h>

#include "core/reader/see/see.hpp"
#include "tests/unit/reader/canvas.hpp"

using namespace doodled;
using test::Canvas;

namespace {

const cv::Scalar pale{165, 165, 165};

Canvas two_pens(cv::Scalar ground = {255, 255, 255}) {
  Canvas page(900, 500, ground);
  page.ring({200, 250}, 120, 6);
  page.draw({{420, 150}, {820, 150}, {820, 350}, {420, 350}}, 3, true, pale);
  return page;
}

void add_grain(Canvas& page) {
  cv::Mat grain(page.pixels().size(), CV_16SC3);
  cv::RNG(3).fill(grain, cv::RNG::NORMAL, 0, 4);
  cv::add(page.pixels(), grain, page.pixels(), {}, CV_8UC3);
}

}  // namespace

TEST_CASE("a fine frame as pale as the cut is whole in a photograph, and a broad pen's line in it no area") {
  for (const double level : {118, 130, 142}) {
    CAPTURE(level);
    Canvas page(900, 500, {232, 228, 220});
    page.draw({{100, 60}, {800, 60}, {800, 440}, {100, 440}}, 2, true, cv::Scalar::all(level));
    page.draw({{250, 160}, {350, 340}, {450, 160}, {550, 340}, {650, 160}}, 7);
    add_grain(page);
    const Reading reading = see(page.raster());
    CHECK(reading.shapes.size() == 2);
    CHECK(test::count(reading, ShapeClass::rectangle) == 1);
    CHECK(test::count(reading, ShapeClass::zigzag) == 1);
  }
}

TEST_CASE("pale smears on paper beside what is drawn stay out") {
  Canvas page = two_pens({230, 228, 224});
  add_grain(page);
  sight::Ink ink = sight::find_ink(page.pixels());
  CHECK(cv::countNonZero(ink.mask.colRange(380, 900)) < 50);
}
