#include <cmath>
#include <fstream>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "core/reader/draw/growing_page.hpp"
#include "core/reader/draw/marks.hpp"
#include "core/reader/see/see.hpp"
#include "tests/unit/reader/canvas.hpp"

using namespace doodled;
using namespace doodled::drawing;

namespace {

std::shared_ptr<const HandStroke> stroke_of(Pen pen, std::vector<StrokePoint> points) {
  HandStroke stroke;
  stroke.pen = pen;
  stroke.points = std::move(points);
  return std::make_shared<const HandStroke>(std::move(stroke));
}

template <class Point>
std::shared_ptr<const HandStroke> path(int count, Point point) {
  std::vector<StrokePoint> points;
  for (int i = 0; i <= count; ++i) {
    const auto [x, y] = point(static_cast<double>(i) / count);
    points.push_back({x, y, i * 8.0, 0.5});
  }
  return stroke_of(Pen::line, std::move(points));
}

std::pair<double, double> circle_at(double x, double y, double radius, double t) {
  return {x + radius * std::cos(2 * M_PI * t), y + radius * 1.25 * std::sin(2 * M_PI * t)};
}

// A wave above, a circle and a box below that an arrow joins.
StrokePage patch_page() {
  StrokePage page;
  page.strokes = {
      path(80, [](double t) { return std::pair(0.08 + 0.84 * t, 0.25 + 0.12 * std::sin(15 * t)); }),
      path(60, [](double t) { return circle_at(0.25, 0.7, 0.1, t); }),
      stroke_of(Pen::line, {{0.62, 0.58}, {0.82, 0.58}, {0.82, 0.82}, {0.62, 0.82}, {0.62, 0.58}}),
      stroke_of(Pen::arrow, {{0.38, 0.7}, {0.59, 0.7}})};
  return page;
}

std::vector<std::string> classes_of(const Reading& reading) {
  std::vector<std::string> names;
  for (const auto& shape : reading.shapes) names.emplace_back(to_string(shape.shape_class));
  return names;
}

}  // namespace

TEST_CASE("each pen makes the marks that the page shows") {
  std::ifstream file(DOODLED_SOURCE_DIR "/tests/fixtures/pens.json");
  const auto fixture = Json::parse(file);
  for (const auto& each : fixture.at("cases")) {
    CAPTURE(each.at("name").get<std::string>());
    const auto marks = marks_of(stroke_from_json(each.at("stroke")).value(),
                                fixture.at("page")[0].get<double>(), fixture.at("page")[1].get<double>());
    REQUIRE(marks.segments.size() == each.at("segments").size());
    REQUIRE(marks.dots.size() == each.at("dots").size());
    for (std::size_t i = 0; i < marks.segments.size(); ++i) {
      const auto& [x1, y1, x2, y2, width] = marks.segments[i];
      const auto wanted = each.at("segments")[i].get<std::array<double, 5>>();
      const std::array<double, 5> made{x1, y1, x2, y2, width};
      for (std::size_t k = 0; k < 5; ++k) CHECK(made[k] == doctest::Approx(wanted[k]).epsilon(0.001));
    }
    for (std::size_t i = 0; i < marks.dots.size(); ++i)
      CHECK(marks.dots[i].radius == doctest::Approx(each.at("dots")[i][2].get<double>()).epsilon(0.001));
  }
}

TEST_CASE("a pen's own width wins, and a pressed brush is wider") {
  HandStroke stroke{1, Pen::line, {}, 0.02, {{0, 0, 0, 0.1}, {1, 0, 9, 0.1}}};
  CHECK(marks_of(stroke, 1000, 800).segments.at(0).width == doctest::Approx(20));
  stroke.pen = Pen::brush;
  const double light = marks_of(stroke, 1000, 800).segments.at(0).width;
  stroke.points[0].pressure = stroke.points[1].pressure = 0.9;
  CHECK(marks_of(stroke, 1000, 800).segments.at(0).width > 2 * light);
}

TEST_CASE("a page keeps its shape, its white and its colours") {
  StrokePage page{640, 480, {}};
  HandStroke red{1, Pen::line, {200, 30, 30}, 0.05, {{0, 0.5}, {1, 0.5}}};
  page.strokes = {std::make_shared<const HandStroke>(red)};
  const Raster raster = draw(page, 1024);
  CHECK(raster.width == 1024);
  CHECK(raster.height == 768);
  const auto pixel = [&](int x, int y) {
    return &raster.pixels[static_cast<std::size_t>((y * 1024 + x) * 3)];
  };
  CHECK(pixel(512, 100)[0] == 255);
  CHECK(int(pixel(512, 384)[0]) == 200);
  CHECK(int(pixel(512, 384)[2]) == 30);
  CHECK(draw(page, 1024).pixels == raster.pixels);
}

TEST_CASE("a page drawn here reads as the same page sent as a picture") {
  const Raster raster = draw(patch_page(), 1024);
  const Reading drawn = see_drawn(raster), sent = see(raster);
  CHECK(drawn.kind == PictureKind::drawing);
  CHECK(classes_of(drawn) == classes_of(sent));
  REQUIRE(drawn.shapes.size() == sent.shapes.size());
  for (std::size_t i = 0; i < drawn.shapes.size(); ++i) {
    CHECK(std::abs(drawn.shapes[i].box.x - sent.shapes[i].box.x) < 0.003);
    CHECK(std::abs(drawn.shapes[i].box.width - sent.shapes[i].box.width) < 0.005);
  }
  REQUIRE(drawn.arrows.size() == 1);
  REQUIRE(sent.arrows.size() == 1);
  CHECK(drawn.arrows[0].from == sent.arrows[0].from);
  CHECK(drawn.arrows[0].to == sent.arrows[0].to);
  CHECK(test::count(drawn, ShapeClass::circle) == 1);
  CHECK(test::count(drawn, ShapeClass::wave) == 1);
  REQUIRE(drawn.curves.size() == sent.curves.size());
  for (std::size_t i = 0; i < drawn.curves.size(); ++i)
    for (std::size_t k = 0; k < drawn.curves[i].samples.size(); ++k)
      CHECK(std::abs(drawn.curves[i].samples[k] - sent.curves[i].samples[k]) < 0.02);
}

TEST_CASE("a page that grows, shrinks and starts again is drawn as if it had come whole") {
  const StrokePage whole = patch_page();
  GrowingPage shown;
  const auto shown_as_drawn = [&](const StrokePage& page) {
    return shown.show(page, 768).pixels == draw(page, 768).pixels;
  };
  StrokePage page;
  for (const auto& stroke : whole.strokes) {
    page.strokes.push_back(std::make_shared<const HandStroke>(*stroke));  // equal, not the same
    CHECK(shown_as_drawn(page));
  }
  CHECK(shown_as_drawn(page));
  page.strokes.pop_back();
  CHECK(shown_as_drawn(page));
  page.strokes.erase(page.strokes.begin());
  CHECK(shown_as_drawn(page));
  page.strokes.front() = whole.strokes.back();
  CHECK(shown_as_drawn(page));
  page.strokes.clear();
  CHECK(shown_as_drawn(page));
  page = whole;
  CHECK(shown_as_drawn(page));
  page.height = 640;
  CHECK(shown_as_drawn(page));
  CHECK(shown.show(whole, 512).pixels == draw(whole, 512).pixels);
}

TEST_CASE("a page that is watched while it grows, shrinks and starts again reads as if it had come whole") {
  PageWatcher watcher;
  const auto seen_as_whole = [&](const StrokePage& page) {
    const Raster raster = draw(page, 768);
    return to_json(watcher.see(raster)) == to_json(see_drawn(raster));
  };
  const StrokePage whole = patch_page();
  StrokePage page;
  for (const auto& stroke : whole.strokes) {
    page.strokes.push_back(stroke);
    CHECK(seen_as_whole(page));
  }
  CHECK(seen_as_whole(page));
  HandStroke brush{
      90, Pen::brush, {210, 180, 20}, 0.05, {{0, 0.4, 0, 1}, {0.6, 0.45, 0, 0.2}, {1, 0.9, 0, 1}}};
  page.strokes.push_back(std::make_shared<const HandStroke>(brush));
  CHECK(seen_as_whole(page));
  page.strokes.erase(page.strokes.begin());
  CHECK(seen_as_whole(page));
  page.strokes.pop_back();
  CHECK(seen_as_whole(page));
  page.strokes.clear();
  CHECK(seen_as_whole(page));
  page = whole;
  CHECK(seen_as_whole(page));
  page.height = page.width;
  CHECK(seen_as_whole(page));
}

TEST_CASE("a page without ink is nothing, with advice") {
  const Reading reading = see_drawn(draw({}, 1024));
  CHECK(reading.kind == PictureKind::nothing);
  CHECK_FALSE(reading.advice.empty());
}
