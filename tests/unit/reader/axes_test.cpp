// Curves on axes: the axes are left out, the curve is read through them.
#include <algorithm>
#include <cmath>
#include <string>

#include <doctest/doctest.h>

#include "core/reader/see/see.hpp"
#include "tests/unit/reader/canvas.hpp"

using namespace doodled;
using namespace doodled::test;

namespace {

constexpr int left = 160, right = 900, top = 120, bottom = 520, middle = 320;

// With ticks on both and a head on each.
Canvas& draw_axes(Canvas& page, int height) {
  page.draw({{left - 30, height}, {right + 60, height}}).draw({{left, bottom + 40}, {left, top - 40}});
  for (int i = 1; i < 6; ++i) page.draw({{left + 110 * i, height - 9}, {left + 110 * i, height + 9}});
  for (int i = 0; i < 4; ++i) page.draw({{left - 9, top + 20 + 90 * i}, {left + 9, top + 20 + 90 * i}});
  page.draw({{right + 40, height - 12}, {right + 60, height}, {right + 40, height + 12}});
  return page.draw({{left - 12, top - 20}, {left, top - 40}, {left + 12, top - 20}});
}

template <class At>
Line curve(At at) {
  Line line;
  for (int i = 0; i <= 400; ++i) {
    const double t = i / 400.0;
    line.push_back({cvRound(left + 10 + (right - left - 20) * t), cvRound(middle - 180 * at(t))});
  }
  return line;
}

bool left_axes_out(const Reading& reading) {
  return std::ranges::any_of(reading.notes,
                             [](const std::string& note) { return note.starts_with("The axes"); });
}

double largest_error(const Curve& seen, double (*at)(double)) {
  double error = 0;
  for (std::size_t i = 0; i < seen.samples.size(); ++i)
    error = std::max(
        error, std::abs(seen.samples[i] - at(double(i) / static_cast<double>(seen.samples.size() - 1))));
  return error;
}

double swing(double t) { return std::sin(4 * CV_PI * t); }
double decay(double t) { return 2 * (std::exp(-3 * t) - std::exp(-3)) / (1 - std::exp(-3)) - 1; }

}  // namespace

TEST_CASE("a curve that crosses its axis is read through it, without axes, ticks and heads") {
  Canvas page(1060, 640);
  const Reading reading = see(draw_axes(page, middle).draw(curve(swing)).raster());
  CHECK(left_axes_out(reading));
  REQUIRE(reading.curves.size() == 1);
  CHECK(reading.shapes.size() == 1);
  CHECK(largest_error(reading.curves[0], swing) < 0.1);
}

TEST_CASE("a curve on axes that was drawn in pieces is one curve") {
  Canvas page(1060, 640);
  const Line whole = curve(swing);
  draw_axes(page, middle).draw({whole.begin(), whole.begin() + 130}).draw({whole.begin() + 140, whole.end()});
  const Reading reading = see(page.raster());
  REQUIRE(reading.curves.size() == 1);
  CHECK(largest_error(reading.curves[0], swing) < 0.1);
}

TEST_CASE("a curve that begins at the upright axis and ends above the other keeps its ends") {
  Canvas page(1060, 640);
  const Reading reading = see(draw_axes(page, bottom).draw(curve(decay)).raster());
  CHECK(left_axes_out(reading));
  REQUIRE(reading.curves.size() == 1);
  CHECK(largest_error(reading.curves[0], decay) < 0.1);
}

TEST_CASE("figures of which two sides stand like axes keep all sides") {
  const Line diagonal{{200, 120}, {780, 500}}, corner{{200, 120}, {780, 126}, {776, 500}};
  for (const Line& rest : {diagonal, corner}) {
    Canvas page(1060, 640);
    page.draw({{200, 110}, {202, 510}}).draw({{190, 500}, {790, 502}}).draw(rest);
    const Reading reading = see(page.raster());
    CHECK(!left_axes_out(reading));
    REQUIRE(reading.shapes.size() == 1);
    CHECK(reading.shapes[0].shape_class == (rest.size() == 2 ? ShapeClass::triangle : ShapeClass::rectangle));
  }
}

TEST_CASE("a cross of lines without a curve stays, and so do figures beside it") {
  Canvas page(1060, 640);
  page.draw({{100, 320}, {960, 320}}).draw({{300, 60}, {300, 600}}).ring({600, 180}, 80);
  const Reading reading = see(page.raster());
  CHECK(!left_axes_out(reading));
  CHECK(count(reading, ShapeClass::line) == 2);
  CHECK(count(reading, ShapeClass::circle) == 1);
}

TEST_CASE("a curve may run from where the axes meet to the end of the one across") {
  Canvas page(1060, 640);
  page.draw({{left, bottom}, {right, bottom}}, 3).draw({{left, top - 20}, {left, bottom}}, 3);
  page.draw(
      {{left + 12, bottom - 15}, {left + 100, top}, {left + 250, 300}, {550, 300}, {right - 12, bottom - 15}},
      5);
  const Reading reading = see(page.raster());
  CHECK(left_axes_out(reading));
  REQUIRE(reading.curves.size() == 1);
  CHECK(reading.curves[0].box.width > 0.65);
}

TEST_CASE("what falls from the end of one axis to that of the other is a curve when it bows in") {
  Canvas page(1060, 640);
  page.draw({{left, bottom}, {right, bottom}}, 3).draw({{left, 140}, {left, bottom}}, 3);
  const Reading reading = see(page.draw(curve(decay), 3).raster());
  CHECK(left_axes_out(reading));
  REQUIRE(reading.curves.size() == 1);
  CHECK(largest_error(reading.curves[0], decay) < 0.05);
}

TEST_CASE("a straight line beside finer axes is a line, not a painted area") {
  Canvas page(1060, 640);
  page.draw({{left, bottom}, {right, bottom}}, 2).draw({{left, top}, {left, bottom}}, 2);
  const Reading reading = see(page.draw({{left + 15, bottom - 15}, {right - 15, top + 15}}, 6).raster());
  REQUIRE(reading.shapes.size() == 1);
  CHECK(reading.shapes[0].shape_class == ShapeClass::line);
  CHECK(reading.curves.size() == 1);
}
