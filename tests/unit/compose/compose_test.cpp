#include "core/compose/compose.hpp"

#include <set>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "core/interpret/accept.hpp"

using namespace doodled;

namespace {

Shape shape(ShapeClass shape_class, Box box) {
  Shape made;
  made.shape_class = shape_class;
  made.confidence = 0.9;
  made.box = box;
  made.polygon = {{box.x, box.y},
                  {box.x + box.width, box.y},
                  {box.x + box.width, box.y + box.height},
                  {box.x, box.y + box.height}};
  made.thickness = 0.01;
  return made;
}

Reading drawing(std::vector<Shape> shapes) {
  Reading reading;
  reading.kind = PictureKind::drawing;
  reading.confidence = 1;
  reading.width = reading.height = 500;
  reading.ink = 0.05;
  reading.shapes = std::move(shapes);
  return reading;
}

Reading photo(double luminance, double texture, double warmth) {
  Reading reading;
  reading.kind = PictureKind::photo;
  reading.photo.luminance = luminance;
  reading.photo.texture = texture;
  reading.photo.warmth = warmth;
  reading.photo.contrast = 0.5;
  reading.photo.cells = {0.1, 0.5, 0.9, 0.3, 0.2, 0.7, 0.4, 0.6, 0.8};
  reading.photo.focal_points = {{0.3, 0.4}, {0.8, 0.2}};
  return reading;
}

Session composed(const Reading& reading, const ComposeOptions& options = {}) {
  auto session = compose(reading, options);
  REQUIRE(session.has_value());
  return *session;
}

}  // namespace

TEST_CASE("a drawing's session is accepted without a repair, and starts on the root") {
  const auto session = composed(drawing(
      {shape(ShapeClass::triangle, {0.1, 0.2, 0.3, 0.3}), shape(ShapeClass::circle, {0.5, 0.4, 0.4, 0.4})}));
  const auto accepted = accept(session);
  REQUIRE(accepted.has_value());
  for (const auto& verdict : accepted->report["verdicts"]) CHECK(verdict["status"] == "pass");
  const auto& first = session.tracks[0].patterns[0].notes.at(0);
  CHECK(first.start == 0);
  CHECK(first.pitch % 12 == session.key.tonic);
}

TEST_CASE("shapes decide the oscillators: the largest first") {
  const auto session = composed(drawing(
      {shape(ShapeClass::square, {0.1, 0.1, 0.1, 0.1}), shape(ShapeClass::circle, {0.4, 0.1, 0.5, 0.5})}));
  const auto& oscillators = session.tracks[0].patch->oscillators;
  REQUIRE(oscillators.size() == 2);
  CHECK(oscillators[0].wave == Wave::sine);
  CHECK(oscillators[1].wave == Wave::square);
}

TEST_CASE("more ink opens the filter, shading drives") {
  auto faint = drawing({shape(ShapeClass::circle, {0.1, 0.1, 0.5, 0.5})}), dark = faint;
  dark.ink = 0.2;
  dark.shapes[0].fill = 0.9;
  CHECK(composed(dark).tracks[0].patch->filter.cutoff_hz > composed(faint).tracks[0].patch->filter.cutoff_hz);
  CHECK(composed(dark).tracks[0].patch->drive > composed(faint).tracks[0].patch->drive);
}

TEST_CASE("an arrow from a line to a circle lets the line's LFO move the cutoff") {
  auto reading =
      drawing({shape(ShapeClass::wave, {0.1, 0.6, 0.5, 0.2}), shape(ShapeClass::circle, {0.2, 0.1, 0.3, 0.3}),
               shape(ShapeClass::arrow, {0.3, 0.4, 0.02, 0.2})});
  reading.curves.push_back({{0, 0.5, 1, 0.5, 0, -0.5, -1, -0.5}, reading.shapes[0].box, 0});
  Arrow arrow;
  arrow.from = 0;
  arrow.to = 1;
  arrow.depth = 0.2;
  arrow.shape = 2;
  reading.arrows.push_back(arrow);
  const auto session = composed(reading);
  REQUIRE(session.tracks[0].patch->modulation.size() == 1);
  CHECK(session.tracks[0].patch->modulation[0].source == "lfo_1");
  CHECK(session.tracks[0].patch->modulation[0].destination == Parameter::cutoff);
  CHECK(session.lfos.at(0).samples.size() == 8);
}

TEST_CASE("a grid is read as the pattern itself") {
  auto reading = drawing({shape(ShapeClass::other, {0.1, 0.1, 0.8, 0.4})});
  Grid grid{2, 16, {}, {0, 0, 1, 1}};
  grid.cells.assign(2, std::vector<double>(16, 0));
  grid.cells[0][0] = grid.cells[0][8] = grid.cells[1][4] = 1;
  reading.grid = grid;
  const auto session = composed(reading);
  std::set<Tick> starts;
  for (const auto& note : session.tracks[0].patterns[0].notes) starts.insert(note.start / ticks_per_step);
  CHECK(starts == std::set<Tick>{0, 4, 8});
}

TEST_CASE("no more than three steps are struck in a row") {
  const auto session = composed(
      drawing({shape(ShapeClass::line, {0, 0.1, 1, 0.1}), shape(ShapeClass::zigzag, {0, 0.3, 1, 0.2}),
               shape(ShapeClass::wave, {0, 0.6, 1, 0.3})}));
  std::set<Tick> steps;
  for (const auto& note : session.tracks[0].patterns[0].notes) steps.insert(note.start / ticks_per_step);
  for (Tick step = 0; step + 3 < 16; ++step)
    CHECK_FALSE((steps.contains(step) && steps.contains(step + 1) && steps.contains(step + 2) &&
                 steps.contains(step + 3)));
}

TEST_CASE("a brighter photograph opens the filter, a rougher one adds noise, and it stays in key") {
  double cutoff = 0, noise = -1;
  for (const double part : {0.05, 0.2, 0.4, 0.6, 0.8, 0.95}) {
    const auto bright = composed(photo(part, 0.3, 0.5)), rough = composed(photo(0.5, part, 0.5));
    CHECK(bright.tracks[0].patch->filter.cutoff_hz > cutoff);
    CHECK(rough.tracks[0].patch->noise > noise);
    cutoff = bright.tracks[0].patch->filter.cutoff_hz;
    noise = rough.tracks[0].patch->noise;
    const auto accepted = accept(bright);
    REQUIRE(accepted.has_value());
    for (const auto& verdict : accepted->report["verdicts"]) CHECK(verdict["status"] == "pass");
  }
  CHECK(composed(photo(0.7, 0.3, 0.9)).key.scale == "lydian");
  CHECK(composed(photo(0.7, 0.3, 0.1)).key.scale == "mixolydian");
  CHECK(composed(photo(0.2, 0.3, 0.9)).key.scale == "phrygian");
  CHECK(composed(photo(0.2, 0.3, 0.1)).key.scale == "minor");
}

TEST_CASE("the same reading and options give the same session; another seed another lead") {
  const auto reading = photo(0.5, 0.5, 0.5);
  CHECK(to_json(composed(reading)) == to_json(composed(reading)));
  ComposeOptions other;
  other.seed = 77;
  CHECK(composed(reading).tracks[1].patterns[0].notes !=
        composed(reading, other).tracks[1].patterns[0].notes);
}

TEST_CASE("options are taken or refused by name") {
  const auto options = compose_options(
      "doodle", Json{{"key", "F# dorian"}, {"tempo_bpm", 99}, {"bars", 2}, {"seed", 5}, {"swing", 60}});
  REQUIRE(options.has_value());
  CHECK(options->key == Key{6, "dorian"});
  CHECK(compose_options("opera", Json()).error().code == "unknown_mode");
  const auto refused = compose_options("auto", Json{{"key", "purple"}, {"bars", 1.5}, {"glitter", true}});
  REQUIRE(refused.has_error());
  CHECK(refused.error().problems.size() == 3);
}

TEST_CASE("nothing becomes no music") {
  Reading blank;
  blank.advice = "draw with a darker pen";
  const auto session = compose(blank, {});
  REQUIRE(session.has_error());
  CHECK(session.error().code == "nothing_found");
  CHECK(session.error().message == "draw with a darker pen");
}
