// The second look at groups of lines: the forest as a file, the groups, and what it makes of sloppy figures.
#include "core/reader/see/judge.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <stdexcept>
#include <utility>

#include <doctest/doctest.h>

#include "core/reader/see/forest.hpp"
#include "core/reader/see/groups.hpp"
#include "core/reader/see/one_line.hpp"
#include "core/reader/see/outline.hpp"
#include "core/reader/see/see.hpp"
#include "core/reader/see/swings.hpp"
#include "core/reader/see/traits.hpp"
#include "tests/unit/reader/canvas.hpp"

using namespace doodled;
using namespace doodled::test;
using sight::Forest;

namespace {

constexpr std::string_view two_trees =
    "# grown by hand\n"
    "kinds round jagged\n"
    "trait corners\n"
    "trait bow\n"
    "tree\n"
    "? 0 2.5\n"
    "= 0:90 1:10\n"
    "= 1:100\n"
    "tree\n"
    "= 0:50 1:50\n";

sight::Graph two_lines(float apart) {
  sight::Graph graph;
  graph.nodes = {{{0, 0}, {0}}, {{100, 0}, {0}}, {{0, apart}, {1}}, {{100, apart}, {1}}};
  graph.edges = {{0, 1, {{0, 0}, {100, 0}}, 100, false}, {2, 3, {{0, apart}, {100, apart}}, 100, false}};
  return graph;
}

}  // namespace

TEST_CASE("a forest's vote is the mean of its trees' leaves") {
  const Forest forest = Forest::parse(two_trees);
  CHECK(forest.kinds() == std::vector<std::string>{"round", "jagged"});
  const auto few = forest.vote({1, 0}), many = forest.vote({3, 0});
  CHECK(few[0] == doctest::Approx(0.7));
  CHECK(many[1] == doctest::Approx(0.75));
}

TEST_CASE("a damaged forest is refused with the line at fault") {
  CHECK_THROWS_AS(Forest::parse(""), std::invalid_argument);
  CHECK_THROWS_WITH(Forest::parse("kinds a\ntree\n? 0 1\n= 0:100\n"), "line 3 of the forest: no such trait");
  CHECK_THROWS_WITH(Forest::parse("kinds a\ntree\n= 4:100\n"), "line 3 of the forest: no such kind");
  CHECK_THROWS_WITH(Forest::parse("kinds a\ntrait b\ntree\n? 0 1\n= 0:100\n"),
                    "line 5 of the forest: a tree is cut short");
}

TEST_CASE("one figure is renamed by a clear lead, several give way to what has more votes than a thing has") {
  const std::vector<std::string> kinds = {"circle", "square", "other"};
  const sight::RulesVerdict one{ShapeClass::circle, 1, 1}, several{ShapeClass::circle, 3, 0},
      good{ShapeClass::circle, 3, 1};
  CHECK(!sight::overruling(kinds, {0.25, 0.55, 0.2}, one));
  CHECK(sight::overruling(kinds, {0.2, 0.6, 0.2}, one) == ShapeClass::square);
  CHECK(!sight::overruling(kinds, {0.7, 0.1, 0.2}, one));
  CHECK(!sight::overruling(kinds, {0.1, 0.44, 0.46}, several));
  CHECK(sight::overruling(kinds, {0.1, 0.6, 0.3}, several) == ShapeClass::square);
  CHECK(!sight::overruling(kinds, {0.1, 0.9, 0}, good));
}

TEST_CASE("what forest and network both find possible has more than what one of them hardly votes for") {
  const auto shares = sight::together({0.7, 0.3, 0.0}, {0.01, 0.34, 0.65});
  REQUIRE(shares.size() == 3);
  CHECK(shares[1] > 2.5 * shares[0]);
  CHECK(shares[1] > 2.5 * shares[2]);
  CHECK(shares[0] + shares[1] + shares[2] == doctest::Approx(1));
}

TEST_CASE("neither the forest nor the network rules a kind out alone") {
  const auto shares = sight::together({1, 0, 0}, {0, 1, 0});
  CHECK(shares[0] > shares[1]);
  CHECK(shares[1] > 0.1);
  CHECK(shares[2] < shares[1]);
}

TEST_CASE("the network is not asked where the forest is sure of the rules' one figure") {
  const std::vector<std::string> kinds = {"circle", "square", "other"};
  const sight::RulesVerdict one{ShapeClass::circle, 1, 1};
  CHECK(sight::is_settled(kinds, {0.75, 0.2, 0.05}, one));
  CHECK(!sight::is_settled(kinds, {0.6, 0.15, 0.25}, one));
  CHECK(!sight::is_settled(kinds, {0.03, 0.95, 0.02}, one));
  CHECK(!sight::is_settled(kinds, {0, 0, 1}, {ShapeClass::other, 1, 0}));
  CHECK(!sight::is_settled(kinds, {0.95, 0.03, 0.02}, {ShapeClass::circle, 3, 1}));
}

TEST_CASE("a spiral may take the place of good figures, a square may not") {
  const std::vector<std::string> kinds = {"spiral", "square", "other"};
  const sight::RulesVerdict good{ShapeClass::circle, 3, 1};
  CHECK(sight::overruling(kinds, {0.5, 0.1, 0.4}, good) == ShapeClass::spiral);
  CHECK(!sight::overruling(kinds, {0.4, 0.4, 0.2}, good));
  CHECK(!sight::overruling(kinds, {0.1, 0.6, 0.3}, good));
}

TEST_CASE(
    "a zigzag or a wave may take the place of several figures with half of the votes, a plain line may not") {
  const std::vector<std::string> kinds = {"zigzag", "line", "other"};
  for (const std::size_t good : {0U, 2U}) {
    const sight::RulesVerdict several{ShapeClass::triangle, 3, good};
    CHECK(sight::overruling(kinds, {0.55, 0.1, 0.35}, several) == ShapeClass::zigzag);
    CHECK(!sight::overruling(kinds, {0.45, 0.2, 0.35}, several));
    CHECK(!sight::overruling(kinds, {0.1, 0.8, 0.1}, several));
  }
}

TEST_CASE("a line's swings are counted with how straight they are") {
  const auto swings_of = [](const sight::Path& line) {
    sight::TraitSheet sheet;
    sight::add_swings("up", line, {0, 1}, sheet);
    const auto value = [&](const std::string& name) {
      return sheet
          .values[std::size_t(std::find(sheet.names.begin(), sheet.names.end(), name) - sheet.names.begin())];
    };
    return std::pair{value("up: legs"), value("up: bow of the legs")};
  };
  sight::Path zigzag, wave;
  for (int i = 0; i <= 8; ++i) zigzag.emplace_back(50.F * float(i), i % 2 ? 100.F : 0.F);
  for (int i = 0; i <= 400; ++i) wave.emplace_back(float(i), 50 * std::cos(float(i) * float(CV_PI) / 50));
  CHECK(swings_of(zigzag).first == 8);
  CHECK(swings_of(wave).first == 8);
  CHECK(swings_of(zigzag).second < 0.5F * swings_of(wave).second);
}

TEST_CASE("votes for several figures or a thing never name anything") {
  const std::vector<std::string> kinds = {"circle", "other"};
  CHECK(!sight::overruling(kinds, {0.1, 0.9}, {ShapeClass::line, 1, 0}));
  CHECK(!sight::overruling(kinds, {0.1, 0.9}, {ShapeClass::line, 4, 0}));
}

namespace {

// Right-angled hooks, each open at its ends.
sight::Graph hooks(std::vector<sight::Path> paths) {
  sight::Graph graph;
  for (sight::Path& path : paths) {
    const int node = static_cast<int>(graph.nodes.size()), edge = static_cast<int>(graph.edges.size());
    graph.nodes.push_back({path.front(), {edge}});
    graph.nodes.push_back({path.back(), {edge}});
    const double length = sight::length_of(path);
    graph.edges.push_back({node, node + 1, std::move(path), length, false});
  }
  return graph;
}

}  // namespace

TEST_CASE("figures side by side are two groups, pieces of one outline are one") {
  const sight::Path corner{{0, 100}, {0, 0}, {100, 0}};
  const auto beside = hooks({corner, {{120, -50}, {120, 50}, {220, 50}}});
  CHECK(sight::groups_of(beside, 3).size() == 2);
  const auto within = hooks({corner, {{12, 60}, {12, 12}, {60, 12}}});
  CHECK(sight::groups_of(within, 3).size() == 1);
  const auto led_on = hooks({corner, {{110, 0}, {110, 100}, {10, 110}}});
  CHECK(sight::groups_of(led_on, 3).size() == 1);
  const auto bar = hooks({corner, {{110, 20}, {210, 20}}});
  CHECK(sight::groups_of(bar, 3).size() == 1);
}

TEST_CASE("lines near each other are one group, others stand alone") {
  CHECK(sight::groups_of(two_lines(20), 3).size() == 1);
  CHECK(sight::groups_of(two_lines(80), 3).size() == 2);
}

TEST_CASE("strokes that are one line are led through from end to end, without overshoot") {
  const auto end_to_end = [](float second) {
    sight::Graph graph;
    graph.nodes = {{{0, 0}, {0}},      {{90, 40}, {0}}, {{95, 40}, {1}},
                   {{second, 0}, {1}}, {{0, 2}, {2}},   {{0, 6}, {2}}};
    graph.edges = {{0, 1, {{0, 0}, {90, 40}}, 98, false},
                   {2, 3, {{95, 40}, {second, 0}}, second - 90, false},
                   {4, 5, {{0, 2}, {0, 6}}, 4, false}};
    const auto groups = sight::groups_of(graph, 3);
    REQUIRE(groups.size() == 1);
    return sight::one_line(graph, groups.front(), 3);
  };
  for (const float second : {160.F, 300.F})  // the shorter and the longer of the two
    CHECK(end_to_end(second) == sight::Path{{0, 0}, {90, 40}, {95, 40}, {second, 0}});
}

TEST_CASE("an outline of three points is measured as any other, a straight line is left to the rules") {
  const auto triangle = sight::measure_outline({{0, 0}, {90, 0}, {0, 90}});
  CHECK(triangle.polygon[3].size() == 3);
  CHECK(triangle.polygon[4].size() == 4);
  CHECK(triangle.area == doctest::Approx(4050).epsilon(0.05));
  std::vector<sight::Figure> figures(1);
  figures[0].shape_class = ShapeClass::other;
  figures[0].stroke = {{0, 0}, {100, 0}};
  figures[0].box = {0, 0, 100, 0};
  sight::judge(two_lines(0), 3, figures);
  REQUIRE(figures.size() == 1);
  CHECK(figures[0].shape_class == ShapeClass::other);
}

TEST_CASE("every trait has a name of its own, and a value that stays when the drawing is moved") {
  const auto& names = sight::trait_names();
  CHECK(std::set<std::string>(names.begin(), names.end()).size() == names.size());
  auto graph = two_lines(23);
  const auto here = sight::traits_of(graph, sight::groups_of(graph, 3).front(), {}, 3);
  for (auto& node : graph.nodes) node.at += cv::Point2f(64, 32);
  for (auto& edge : graph.edges)
    for (auto& p : edge.points) p += cv::Point2f(64, 32);
  const auto there = sight::traits_of(graph, sight::groups_of(graph, 3).front(), {}, 3);
  REQUIRE(here.values.size() == names.size());
  for (std::size_t i = 0; i < names.size(); ++i) {
    CAPTURE(names[i]);
    CHECK(here.values[i] == doctest::Approx(there.values[i]).epsilon(0.01));
  }
}

TEST_CASE("a square whose sides miss each other is one square") {
  Canvas page(800, 600);
  page.draw({{235, 160}, {540, 150}}, 5).draw({{560, 175}, {553, 420}}, 5);
  page.draw({{530, 452}, {250, 445}}, 5).draw({{228, 430}, {232, 190}}, 5);
  const Reading reading = see(page.raster());
  REQUIRE(reading.shapes.size() == 1);
  const auto seen = reading.shapes[0].shape_class;
  CHECK((seen == ShapeClass::square || seen == ShapeClass::rectangle));
}

TEST_CASE("rings of one funnel, drawn one by one, are a whirlwind") {
  Canvas page(600, 700);
  for (int i = 0; i < 6; ++i) {
    test::Line ring;
    for (int a = 0; a <= 350; a += 10)
      ring.emplace_back(cvRound(300 + 6 * i + (190 - 30 * i) * std::cos(a * CV_PI / 180)),
                        cvRound(120 + 55 * i + (42 - 4 * i) * std::sin(a * CV_PI / 180)));
    page.draw(ring, 5);
  }
  const Reading reading = see(page.raster());
  REQUIRE(reading.shapes.size() == 1);
  CHECK(reading.shapes[0].shape_class == ShapeClass::spiral);
}
