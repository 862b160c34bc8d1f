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

TEST_CASE("a head may be a triangle, painted or as an outline, with a thin pen and with a thick one") {
  const Line head{{665, 250}, {628, 233}, {628, 267}};
  for (const int pen : {3, 7}) {
    auto painted = two_figures(), outlined = two_figures();
    painted.draw({{300, 250}, {630, 250}}, pen).fill(head);
    CHECK(only_way(painted) == "circle to rectangle");
    outlined.draw({{300, 250}, {628, 250}}, pen).draw(head, pen, true);
    CHECK(only_way(outlined) == "circle to rectangle");
    CHECK(count(see(outlined.raster()), ShapeClass::triangle) == 0);
  }
}

TEST_CASE("an arrow that leads to nothing tells by its painted head, however broad that is") {
  for (const int half : {20, 45}) {
    Canvas page(1000, 500);
    page.draw({{150, 330}, {700, 242}}, 8).fill({{720, 239}, {640, 252 - half}, {645, 252 + half}});
    const Reading reading = see(page.raster());
    REQUIRE(reading.shapes.size() == 1);
    CHECK(reading.shapes[0].shape_class == ShapeClass::arrow);
    REQUIRE(reading.arrows.size() == 1);
    CHECK(reading.arrows[0].head.x > 0.68);
  }
}

TEST_CASE("a bowed line with a painted head stays an arrow") {
  Canvas page(1200, 850);
  page.draw(box(535, 168, 115, 115), 5, true).draw(box(538, 615, 100, 100), 5, true);
  Line bow;
  for (int i = 0; i <= 20; ++i)
    bow.push_back({590 + cvRound(60 * std::sin(CV_PI * i / 20)), 590 - cvRound(256 * i / 20.0)});
  page.draw(bow, 5).fill({{593, 312}, {588, 341}, {613, 333}});
  CHECK(only_way(page) == "square to square");
}

TEST_CASE("a spot at a line's end or a corner that it comes to is no painted head") {
  Canvas spot(1000, 500), corner(1000, 500);
  spot.draw({{150, 330}, {700, 242}}, 8).draw({{715, 240}, {716, 240}}, 60);
  CHECK(see(spot.raster()).arrows.empty());
  corner.draw({{150, 330}, {600, 250}}, 8).draw({{600, 250}, {800, 200}, {800, 300}}, 8, true);
  CHECK(see(corner.raster()).arrows.empty());
}

TEST_CASE("lines that end before two sides of a corner do not meet beyond it") {
  Canvas page(1000, 900);
  page.draw({{500, 500}, {400, 680}, {600, 680}}, 6, true).ring({290, 250}, 70, 6).ring({740, 270}, 70, 6);
  page.draw({{470, 520}, {345, 325}}, 6).fill({{338, 312}, {362, 330}, {340, 346}});
  page.draw({{530, 520}, {685, 338}}, 6).fill({{695, 326}, {690, 355}, {668, 338}});
  const Reading reading = see(page.raster());
  REQUIRE(reading.arrows.size() == 2);
  for (const Arrow& arrow : reading.arrows) CHECK(way_of(reading, arrow) == "triangle to circle");
}

TEST_CASE("a head that touches what it leads to is still a head") {
  auto page = two_figures();
  page.draw({{290, 250}, {643, 250}}, 3).draw({{680, 250}, {643, 233}, {643, 267}}, 3, true);
  CHECK(only_way(page) == "circle to rectangle");
}

TEST_CASE("a triangle that a line leads to is no head") {
  Canvas page(1000, 500);
  page.ring({200, 250}, 90)
      .draw({{290, 250}, {700, 250}})
      .draw({{700, 190}, {700, 310}, {804, 250}}, 4, true);
  const Reading reading = see(page.raster());
  CHECK(count(reading, ShapeClass::triangle) == 1);
}

TEST_CASE("lines that leave one figure side by side are no head of a third") {
  Canvas page(1000, 900);
  page.ring({200, 200}, 80).ring({800, 200}, 80).ring({200, 700}, 80).ring({700, 650}, 80);
  page.arrow({282, 200}, {715, 200}).arrow({200, 282}, {200, 615}).arrow({258, 258}, {640, 590});
  const Reading reading = see(page.raster());
  REQUIRE(reading.arrows.size() == 3);
  for (const Arrow& arrow : reading.arrows)
    CHECK(reading.shapes[std::size_t(arrow.from)].box.centre().y < 0.4);
}

TEST_CASE("a star and a hexagon that arrows join in a circle stay what they are") {
  Canvas page(1000, 900);
  page.draw({{160, 140},
             {178, 196},
             {236, 196},
             {189, 230},
             {207, 286},
             {160, 252},
             {113, 286},
             {131, 230},
             {84, 196},
             {142, 196}},
            4, true);
  page.draw({{900, 200}, {860, 270}, {780, 270}, {740, 200}, {780, 130}, {860, 130}}, 4, true);
  page.draw({{500, 640}, {420, 780}, {580, 780}}, 4, true);
  page.arrow({236, 196}, {740, 200}).arrow({780, 270}, {516, 668}).arrow({484, 668}, {207, 286});
  const Reading reading = see(page.raster());
  CHECK(count(reading, ShapeClass::star) == 1);
  CHECK(count(reading, ShapeClass::polygon) == 1);
  CHECK(count(reading, ShapeClass::triangle) == 1);
  CHECK(reading.arrows.size() == 3);
}

TEST_CASE("circles that arrows join in a row are no wave with loops") {
  Canvas page(1200, 700);
  const auto outlined = [&](cv::Point tail, cv::Point head, cv::Point aside) {
    const cv::Point back(cvRound(0.12 * (tail.x - head.x)), cvRound(0.12 * (tail.y - head.y)));
    page.draw({tail, head + back}).draw({head, head + back + aside, head + back - aside}, 4, true);
  };
  for (const cv::Point at : {cv::Point{160, 200}, {560, 200}, {1000, 200}}) page.ring(at, 80);
  outlined({240, 200}, {478, 200}, {0, 15});
  outlined({640, 200}, {918, 200}, {0, 15});
  outlined({160, 280}, {160, 560}, {15, 0});
  outlined({1000, 280}, {1000, 560}, {15, 0});
  const Reading reading = see(page.raster());
  CHECK(count(reading, ShapeClass::circle) == 3);
  CHECK(reading.arrows.size() == 4);
}

TEST_CASE("in a diagram a long way may lead to a small figure") {
  Canvas page(1000, 500);
  page.draw(box(40, 160, 200, 180), 4, true).ring({890, 250}, 20);
  page.draw({{850, 250}, {250, 250}, {268, 266}});
  CHECK(see(page.raster()).arrows.empty());
  for (const int x : {60, 260, 460, 660, 860}) page.ring({x, 60}, 40);
  CHECK(only_way(page) == "circle to square");
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

TEST_CASE("boxes stay boxes where the area between them has a form of its own") {
  Canvas page(1000, 700);
  const auto diamond = [](int x, int y) { return Line{{x - 45, y}, {x, y - 45}, {x + 45, y}, {x, y + 45}}; };
  page.draw(diamond(200, 350), 4, true).draw(diamond(800, 350), 4, true);
  page.draw(box(380, 140, 240, 190), 4, true).draw(box(380, 390, 240, 190), 4, true);
  page.draw({{200, 305}, {200, 235}, {380, 235}}).draw({{358, 222}, {380, 235}, {358, 248}});
  page.draw({{200, 395}, {200, 485}, {380, 485}}).draw({{358, 472}, {380, 485}, {358, 498}});
  page.draw({{620, 235}, {800, 235}, {800, 305}}).draw({{787, 283}, {800, 305}, {813, 283}});
  page.draw({{620, 485}, {800, 485}, {800, 395}}).draw({{787, 417}, {800, 395}, {813, 417}});
  const Reading reading = see(page.raster());
  CHECK(count(reading, ShapeClass::rectangle) == 2);
  CHECK(count(reading, ShapeClass::diamond) == 2);
  CHECK(reading.arrows.size() == 4);
}

TEST_CASE("a short line that touches two figures is an arrow, and no overshoot") {
  Canvas page(1000, 500);
  page.draw(box(80, 150, 380, 200), 4, true).draw(box(500, 150, 380, 200), 4, true);
  page.draw({{460, 250}, {500, 250}}).draw({{484, 240}, {500, 250}, {484, 260}});
  CHECK(only_way(page) == "rectangle to rectangle");
}

TEST_CASE("what touches the frame around it is still read") {
  Canvas page(1200, 800);
  page.draw(box(40, 40, 1120, 720), 4, true);
  for (const int x : {120, 480, 840}) page.draw(box(x, 330, 220, 140), 4, true);
  for (const int x : {340, 700}) page.arrow({x, 400}, {x + 140, 400});
  page.draw({{950, 330}, {950, 40}}).draw({{230, 330}, {230, 40}});
  const Reading reading = see(page.raster());
  CHECK(count(reading, ShapeClass::rectangle) == 4);
  REQUIRE(reading.arrows.size() >= 2);
  CHECK(way_of(reading, reading.arrows[0]) == "rectangle to rectangle");
}

TEST_CASE("lanes, and what leads across them, are no raster") {
  Canvas page(1200, 700);
  page.draw(box(50, 50, 1100, 600), 4, true);
  for (const int y : {250, 450}) page.draw({{50, y}, {1150, y}});
  for (const int x : {105, 314, 622, 688, 886}) page.draw({{x, 50}, {x, 650}});
  CHECK_FALSE(see(page.raster()).grid);
}

TEST_CASE("a line between two letters joins nothing") {
  Canvas page(1000, 500);
  page.ring({200, 250}, 12).ring({260, 250}, 12).draw({{214, 250}, {246, 250}});
  page.draw(box(500, 100, 400, 300), 4, true);
  CHECK(see(page.raster()).arrows.empty());
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

TEST_CASE("an elbow arrow whose last leg is short leads to its outlined head") {
  Canvas page(1000, 700);
  page.ring({200, 180}, 90).draw(box(540, 330, 260, 180), 4, true);
  page.draw({{310, 180}, {670, 180}, {670, 264}}).draw({{658, 264}, {682, 264}, {670, 300}}, 4, true);
  CHECK(only_way(page) == "circle to rectangle");
}

TEST_CASE("a short shaft between two figures may have a triangle for a head that is half as long") {
  Canvas page(1000, 500);
  page.ring({300, 250}, 90).draw(box(520, 160, 240, 180), 4, true);
  page.draw({{404, 250}, {462, 250}}).draw({{462, 232}, {462, 268}, {500, 250}}, 4, true);
  CHECK(only_way(page) == "circle to rectangle");
}

TEST_CASE("arrows with triangles for heads that join three figures in a circle are no wave") {
  Canvas page(1200, 800);
  const Line hexagon{{190, 300}, {240, 390}, {190, 480}, {90, 480}, {40, 390}, {90, 300}};
  page.draw(hexagon, 5, true).draw({{860, 480}, {980, 700}, {740, 700}}, 5, true);
  cv::ellipse(page.pixels(), {600, 200}, {110, 70}, 0, 0, 360, {20, 20, 20}, 5, cv::LINE_AA);
  page.draw({{225, 350}, {440, 250}}, 5).draw({{440, 250}, {432, 233}, {495, 224}, {448, 267}}, 5, true);
  page.draw({{235, 420}, {750, 620}}, 5).draw({{750, 620}, {757, 602}, {792, 636}, {743, 638}}, 5, true);
  page.draw({{660, 262}, {800, 470}}, 5).draw({{800, 470}, {816, 459}, {828, 512}, {784, 481}}, 5, true);
  const Reading reading = see(page.raster());
  CHECK(reading.arrows.size() == 3);
  CHECK(count(reading, ShapeClass::wave) == 0);
}
