// Arrows as hands draw them between figures: heads that stand off, heads in a hurry, lines that close
// circles.
#include <doctest/doctest.h>

#include "core/reader/see/see.hpp"
#include "tests/unit/reader/canvas.hpp"

using namespace doodled;
using namespace doodled::test;

namespace {

// Which shape an arrow leads from and to, by name.
std::string way_of(const Reading& reading, const Arrow& arrow) {
  const auto name = [&](int shape) {
    return shape < 0 ? std::string("nothing")
                     : std::string(to_string(reading.shapes[std::size_t(shape)].shape_class));
  };
  return name(arrow.from) + " to " + name(arrow.to);
}

std::string only_way(Canvas& page) {
  const Reading reading = see(page.raster());
  REQUIRE(reading.arrows.size() == 1);
  return way_of(reading, reading.arrows[0]);
}

Line box(int x, int y, int width, int height) {
  return {{x, y}, {x + width, y}, {x + width, y + height}, {x, y + height}};
}

// A circle at the left, a box at the right.
Canvas two_figures() {
  Canvas page(1000, 500);
  page.ring({200, 250}, 90).draw(box(680, 160, 240, 180), 4, true);
  return page;
}

}  // namespace

TEST_CASE("a head that stands off its shaft makes it an arrow") {
  auto page = two_figures();
  page.draw({{310, 250}, {600, 252}}).draw({{610, 225}, {655, 250}, {612, 278}});
  CHECK(only_way(page) == "circle to rectangle");
}

TEST_CASE("so it does where the other figure is an open line") {
  Canvas page(1000, 500);
  page.draw({{40, 330}, {90, 170}, {150, 330}, {210, 170}, {260, 330}, {310, 170}});
  page.draw(box(780, 160, 200, 180), 4, true);
  page.draw({{350, 250}, {690, 252}}).draw({{700, 225}, {745, 250}, {702, 278}});
  CHECK(only_way(page) == "zigzag to square");
}

TEST_CASE("a line between figures leads to where its end is thick with ink") {
  auto hook = two_figures(), blob = two_figures(), backward = two_figures();
  hook.draw({{300, 250}, {660, 250}, {642, 266}});
  CHECK(only_way(hook) == "circle to rectangle");
  blob.draw({{300, 250}, {660, 250}}).draw({{660, 250}, {650, 260}, {652, 240}, {645, 252}});
  CHECK(only_way(blob) == "circle to rectangle");
  backward.draw({{670, 250}, {302, 250}, {320, 266}});
  CHECK(only_way(backward) == "rectangle to circle");
}

TEST_CASE("a bent way between figures is an arrow, a scribble is none") {
  Canvas bent(1000, 700), scribble(1000, 700);
  for (Canvas* page : {&bent, &scribble}) page->ring({160, 160}, 90).draw(box(680, 480, 240, 160), 4, true);
  bent.draw({{262, 160}, {800, 162}, {800, 465}, {784, 448}});
  CHECK(only_way(bent) == "circle to rectangle");
  Line line{{262, 160}};
  for (int i = 0; i < 12; ++i) line.push_back({300 + 35 * i, i % 2 ? 120 : 460});
  line.insert(line.end(), {{800, 465}, {784, 448}});
  scribble.draw(line);
  for (const Arrow& arrow : see(scribble.raster()).arrows) CHECK(arrow.to < 0);
}

TEST_CASE("boxes that arrows join in a circle stay boxes") {
  Canvas page(1100, 700);
  for (const auto& [x, y] : {std::pair{100, 270}, {430, 60}, {430, 480}, {760, 270}})
    page.draw(box(x, y, 200, 130), 4, true);
  page.draw({{200, 270}, {200, 125}, {430, 125}}).draw({{408, 112}, {430, 125}, {408, 138}});
  page.draw({{200, 400}, {200, 545}, {430, 545}}).draw({{408, 532}, {430, 545}, {408, 558}});
  page.draw({{630, 125}, {860, 125}, {860, 270}}).draw({{847, 248}, {860, 270}, {873, 248}});
  page.draw({{630, 545}, {860, 545}, {860, 400}}).draw({{847, 422}, {860, 400}, {873, 422}});
  const Reading reading = see(page.raster());
  CHECK(count(reading, ShapeClass::rectangle) == 4);
  REQUIRE(reading.arrows.size() == 4);
  for (const Arrow& arrow : reading.arrows) CHECK(way_of(reading, arrow) == "rectangle to rectangle");
}

TEST_CASE("an arrow inside a frame joins what is in it, not the frame") {
  Canvas page(1000, 600);
  page.draw(box(40, 40, 920, 520), 4, true).ring({220, 300}, 80).draw(box(660, 210, 220, 180), 4, true);
  page.arrow({320, 300}, {640, 300});
  CHECK(only_way(page) == "circle to rectangle");
}

TEST_CASE("small figures in a row with arrows between them are no writing") {
  Canvas page(1200, 900);
  for (int i = 0; i < 6; ++i) {
    const int x = 60 + 190 * i;
    page.draw({{x, 450}, {x + 20, 430}, {x + 40, 450}, {x + 20, 470}}, 3, true);
    if (i < 5)
      page.draw({{x + 55, 450}, {x + 150, 450}}, 3).draw({{x + 158, 438}, {x + 174, 450}, {x + 158, 462}}, 3);
  }
  const Reading reading = see(page.raster());
  CHECK(reading.notes.empty());
  CHECK(count(reading, ShapeClass::diamond) + count(reading, ShapeClass::square) == 6);
  CHECK(reading.arrows.size() == 5);
}
