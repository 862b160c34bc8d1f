// Figures that touch each other in one place.
#include "core/reader/see/touching.hpp"

#include <doctest/doctest.h>

#include "core/reader/see/joints.hpp"
#include "core/reader/see/see.hpp"
#include "tests/unit/reader/canvas.hpp"

using namespace doodled;
using namespace doodled::test;

namespace {

// Two rings that meet in a node, and a tail on one of them.
sight::Graph eight_with_tail() {
  sight::Graph graph;
  graph.nodes = {{{0, 0}, {0, 0, 1, 1}}, {{-100, 0}, {2}}, {{-200, 0}, {2}}};
  graph.edges = {{0, 0, {{0, 0}, {50, 50}, {100, 0}, {50, -50}, {0, 0}}, 283, false},
                 {0, 0, {{0, 0}, {-50, 50}, {-100, 0}, {-50, -50}, {0, 0}}, 283, false},
                 {1, 2, {{-100, 0}, {-200, 0}}, 100, false}};
  return graph;
}

Line coil() {
  Line line;
  for (int i = 0; i <= 200; ++i) {
    const double turn = i * 4 * CV_2PI / 200;
    line.emplace_back(cvRound(150 + 3.2 * i - 70 * std::sin(turn)), cvRound(300 - 90 * std::cos(turn)));
  }
  return line;
}

Line star_corners() {
  Line corners;
  for (int i = 0; i < 5; ++i) {
    const double angle = -CV_PI / 2 + i * 2 * CV_2PI / 5;
    corners.emplace_back(cvRound(400 + 180 * std::cos(angle)), cvRound(300 + 180 * std::sin(angle)));
  }
  return corners;
}

}  // namespace

TEST_CASE("a joint is where a part falls into branches") {
  const auto joints = sight::joints_of(eight_with_tail(), {0, 1}, 3);
  REQUIRE(joints.size() == 1);
  CHECK(joints[0].within.empty());
  REQUIRE(joints[0].branches.size() == 2);
  CHECK(joints[0].branches[0].edges == std::vector<int>{0});
  CHECK(joints[0].branches[0].ends.size() == 2);
}

TEST_CASE("a branch that is taken off hangs on a node of its own") {
  sight::Graph graph = eight_with_tail();
  const auto joints = sight::joints_of(graph, {0, 1}, 3);
  REQUIRE(joints.size() == 1);
  sight::take_off(graph, joints[0], 0);
  CHECK(graph.edges[0].a != graph.edges[1].a);
  CHECK(graph.edges[0].a == graph.edges[0].b);
  CHECK(graph.nodes[0].edges.empty());
}

// All of it together has the corners of a zigzag.
TEST_CASE("two diamonds tip to tip are read one by one") {
  Canvas page(800, 600);
  page.draw({{300, 120}, {400, 220}, {300, 320}, {200, 220}}, 4, true);
  page.draw({{300, 320}, {360, 380}, {300, 440}, {240, 380}}, 4, true);
  const Reading reading = see(page.raster());
  CHECK(reading.shapes.size() == 2);
  CHECK(count(reading, ShapeClass::diamond) == 2);
}

TEST_CASE("a line's loops, a star's points and a box's cells stay what they are") {
  Canvas loops(1000, 600), star(800, 600), box(800, 600);
  const Reading coiled = see(loops.draw(coil()).raster());
  CHECK(count(coiled, ShapeClass::circle) + count(coiled, ShapeClass::ellipse) == 0);
  const Reading starred = see(star.draw(star_corners(), 4, true).raster());
  REQUIRE(starred.shapes.size() == 1);
  CHECK(starred.shapes[0].shape_class == ShapeClass::star);
  const Reading boxed = see(box.draw({{150, 150}, {650, 150}, {650, 450}, {150, 450}}, 4, true)
                                .draw({{400, 150}, {400, 450}})
                                .raster());
  CHECK(count(boxed, ShapeClass::square) + count(boxed, ShapeClass::rectangle) >= 1);
}
