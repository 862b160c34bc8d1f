// What stands beside a raster.
#include <string>

#include <doctest/doctest.h>

#include "core/reader/see/see.hpp"
#include "tests/unit/reader/canvas.hpp"

using namespace doodled;
using test::Canvas;

namespace {

// Of 4 by 8 cells, 80 pixels each, from 200, 200 on.
Canvas raster() {
  Canvas page(1000, 700);
  for (int r = 0; r <= 4; ++r) page.draw({{200, 200 + 80 * r}, {840, 200 + 80 * r}}, 3);
  for (int c = 0; c <= 8; ++c) page.draw({{200 + 80 * c, 200}, {200 + 80 * c, 520}}, 3);
  return page;
}

Canvas& write(Canvas& page, const char* text, cv::Point at) {
  cv::putText(page.pixels(), text, at, cv::FONT_HERSHEY_SIMPLEX, 0.9, {20, 20, 20}, 2, cv::LINE_AA);
  return page;
}

}  // namespace

TEST_CASE("names of rows and numbers of steps are none of the figures") {
  Canvas page = raster();
  for (int r = 0; r < 4; ++r) write(page, "CO", {110, 250 + 80 * r});
  for (int c = 0; c < 8; ++c) write(page, std::to_string(c + 1).c_str(), {230 + 80 * c, 180});
  const Reading reading = see(page.raster());
  REQUIRE(reading.grid);
  CHECK(reading.shapes.size() == 1);
  CHECK(!reading.notes.empty());
}

TEST_CASE("where rows have names, a single number of a step is a label, too") {
  Canvas page = raster();
  for (int r = 0; r < 4; ++r) write(page, "CO", {110, 250 + 80 * r});
  CHECK(see(write(page, "5", {550, 180}).raster()).shapes.size() == 1);
}

TEST_CASE("figures beside a raster are no labels: few small ones, or large ones") {
  Canvas page = raster();
  const Reading reading = see(page.ring({120, 240}, 30).ring({120, 400}, 30).ring({500, 100}, 80).raster());
  REQUIRE(reading.grid);
  CHECK(test::count(reading, ShapeClass::circle) == 3);
}
