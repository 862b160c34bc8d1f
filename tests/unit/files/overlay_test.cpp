#include <doctest/doctest.h>

#include "core/files/drawings.hpp"

using namespace doodled;

namespace {

int count_of(const std::string& text, const std::string& word) {
  int count = 0;
  for (auto at = text.find(word); at != std::string::npos; at = text.find(word, at + 1)) ++count;
  return count;
}

Evidence evidence(std::string pointer, std::vector<Point> polygon, std::string reading, std::string rule) {
  return {std::move(pointer), {}, std::move(polygon), std::move(reading), std::move(rule)};
}

const std::vector<Point> triangle{{0.1, 0.1}, {0.5, 0.1}, {0.3, 0.4}};

}  // namespace

TEST_CASE("evidence of one place is one region with one label, and names all its parts") {
  Session session;
  session.evidence = {evidence("/tracks/0/patch/oscillators/0", triangle, "triangle, 90 %", "shape-wave"),
                      evidence("/key/tonic", triangle, "a red pen", "pen-tonic")};
  const std::string svg = overlay_svg(session, 1000, 800);
  CHECK(count_of(svg, "<polygon") == 1);
  CHECK(count_of(svg, "<text") == 1);
  CHECK(svg.find("100.00,80.00 500.00,80.00 300.00,320.00") != std::string::npos);
  CHECK(svg.find("data-pointer=\"/tracks/0/patch/oscillators/0 /key/tonic\"") != std::string::npos);
  CHECK(svg.find("a red pen -&gt; /key/tonic (pen-tonic)") != std::string::npos);
}

TEST_CASE("notes have regions and titles, but no labels over one another") {
  Session session;
  for (int i = 0; i < 8; ++i)
    session.evidence.push_back({"/tracks/0/patterns/0/notes/" + std::to_string(i),
                                Box{i / 8.0, 0, 0.125, 1},
                                {},
                                "circle",
                                "shape-rhythm"});
  const std::string svg = overlay_svg(session, 1000, 800);
  CHECK(count_of(svg, "<rect") == 8);
  CHECK(count_of(svg, "<title>") == 8);
  CHECK(count_of(svg, "<text") == 0);
}

TEST_CASE("labels of places that lie on one another go below each other") {
  Session session;
  session.evidence = {{"/tempo_bpm", Box{0, 0, 1, 1}, {}, "one", "a"},
                      {"/key", Box{0, 0, 1, 0.99}, {}, "two", "b"}};
  const std::string svg = overlay_svg(session, 1000, 800);
  CHECK(count_of(svg, "<text x=\"0.00\"") == 2);
  const auto first = svg.find("<text"), second = svg.find("<text", first + 1);
  CHECK(svg.substr(first, 40) != svg.substr(second, 40));
}

TEST_CASE("nothing in a reading can add markup") {
  Session session;
  session.evidence = {evidence("/key", triangle, "<script>&\"", "<b>")};
  const std::string svg = overlay_svg(session, 1000, 800);
  CHECK(svg.find("<script") == std::string::npos);
  CHECK(svg.find("<b>") == std::string::npos);
}
