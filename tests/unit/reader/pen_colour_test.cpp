// The colour of a pen, however the picture came to be.
#include "core/reader/see/pen_colour.hpp"

#include <array>
#include <cstdlib>

#include <doctest/doctest.h>

#include "tests/unit/reader/canvas.hpp"

using namespace doodled;
using test::Canvas;

namespace {

constexpr int blue_pen[] = {30, 60, 190};
const sight::Path level_line{{100, 100}, {400, 100}};

Canvas drawn_in_blue(int pen) {
  Canvas page(500, 200);
  page.draw({{100, 100}, {400, 100}}, pen, false,
            {double(blue_pen[0]), double(blue_pen[1]), double(blue_pen[2])});
  return page;
}

std::array<int, 3> colour_on(Canvas& page, int pen, const sight::Path& line = level_line) {
  sight::Ink ink = sight::find_ink(page.pixels());
  ink.pen = pen;
  return sight::pen_colour(page.pixels(), ink, line, false);
}

void check_blue(const std::array<int, 3>& colour, int within) {
  for (std::size_t c = 0; c < 3; ++c) CHECK(std::abs(colour[c] - blue_pen[c]) <= within);
}

}  // namespace

TEST_CASE("a pen's colour is that of its line, in warm light, too") {
  Canvas page = drawn_in_blue(5);
  check_blue(colour_on(page, 5), 2);
  cv::multiply(page.pixels(), cv::Scalar(1, 0.9, 0.75), page.pixels());
  check_blue(colour_on(page, 5), 6);
}

TEST_CASE("a fine pen keeps its hue where the picture is blurred") {
  Canvas page = drawn_in_blue(2);
  cv::GaussianBlur(page.pixels(), page.pixels(), {0, 0}, 1.5);
  const auto [red, green, blue] = colour_on(page, 2);
  CHECK(double(255 - blue) / (255 - red) == doctest::Approx(65.0 / 225).epsilon(0.1));
  CHECK(double(255 - green) / (255 - red) == doctest::Approx(195.0 / 225).epsilon(0.05));
}

TEST_CASE("what is painted beside a line and where it strays hardly count") {
  Canvas page = drawn_in_blue(4);
  cv::rectangle(page.pixels(), {100, 103, 90, 40}, {40, 130, 50}, cv::FILLED);
  check_blue(colour_on(page, 4, {{100, 102}, {250, 98}, {400, 101}}), 8);
}
