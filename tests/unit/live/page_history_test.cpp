#include "core/live/page_history.hpp"

#include <doctest/doctest.h>

using namespace doodled;
using namespace doodled::live;

namespace {

HandStroke stroke(std::int64_t id) {
  HandStroke made;
  made.id = id;
  made.points = {{0, 0}, {1, 1}};
  return made;
}

std::vector<std::int64_t> ids(const PageHistory& page) {
  std::vector<std::int64_t> found;
  for (const auto& each : page.strokes()) found.push_back(each->id);
  return found;
}

using Ids = std::vector<std::int64_t>;

}  // namespace

TEST_CASE("a page goes back and forth, and forgets what was undone once something new is drawn") {
  PageHistory page;
  REQUIRE(page.add(stroke(1)).has_value());
  REQUIRE(page.add(stroke(2)).has_value());
  REQUIRE(page.undo().has_value());
  CHECK(ids(page) == Ids{1});
  REQUIRE(page.redo().has_value());
  CHECK(ids(page) == Ids{1, 2});
  REQUIRE(page.undo().has_value());
  REQUIRE(page.add(stroke(3)).has_value());
  CHECK(page.redo().error().code == "nothing_to_redo");
  CHECK(ids(page) == Ids{1, 3});
}

TEST_CASE("strokes without a number get the next free one") {
  PageHistory page;
  CHECK(*page.add(stroke(0)) == 1);
  CHECK(*page.add(stroke(40)) == 40);
  CHECK(*page.add(stroke(0)) == 41);
}

TEST_CASE("a stroke is there once; erased, it may come back") {
  PageHistory page;
  REQUIRE(page.add(stroke(5)).has_value());
  CHECK(page.add(stroke(5)).error().code == "stroke_exists");
  REQUIRE(page.erase({5}).has_value());
  CHECK(page.add(stroke(5)).has_value());
}

TEST_CASE("erasing takes all it names or nothing") {
  PageHistory page;
  for (const int id : {1, 2, 3}) REQUIRE(page.add(stroke(id)).has_value());
  const auto refused = page.erase({1, 9});
  CHECK(refused.error().code == "unknown_stroke");
  CHECK(refused.error().problems.at(0).pointer == "/strokes/1");
  CHECK(ids(page) == Ids{1, 2, 3});
  REQUIRE(page.erase({1, 3}).has_value());
  CHECK(ids(page) == Ids{2});
}

TEST_CASE("clearing can be undone, and clearing an empty page is no step") {
  PageHistory page;
  page.clear();
  CHECK(page.undo().error().code == "nothing_to_undo");
  REQUIRE(page.add(stroke(1)).has_value());
  page.clear();
  CHECK(page.strokes().empty());
  REQUIRE(page.undo().has_value());
  CHECK(ids(page) == Ids{1});
}

TEST_CASE("the way back is two hundred steps long") {
  PageHistory page;
  for (int i = 0; i < 300; ++i) REQUIRE(page.add(stroke(0)).has_value());
  int steps = 0;
  while (page.undo()) ++steps;
  CHECK(steps == 199);
  CHECK(page.strokes().size() == 101);
}
