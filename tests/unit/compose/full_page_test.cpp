// Pages of so many figures that they are read as a whole.
#include <algorithm>
#include <array>

#include "core/interpret/accept.hpp"
#include "tests/unit/compose/readings.hpp"

using namespace doodled;
using namespace doodled::test;

namespace {

// So many figures, in rows, of three classes.
Reading page_of(int figures) {
  constexpr std::array classes{ShapeClass::zigzag, ShapeClass::circle, ShapeClass::rectangle};
  std::vector<Shape> shapes;
  for (int i = 0; i < figures; ++i)
    shapes.push_back(shape(classes[static_cast<std::size_t>(i) % 3],
                           {0.05 + 0.11 * (i % 8), 0.05 + 0.11 * (i / 8), 0.08, 0.08}));
  Reading reading = drawing(std::move(shapes));
  reading.photo.luminance = 0.9, reading.photo.texture = 0.5, reading.photo.contrast = 0.2;
  reading.photo.cells = {0.4, 0.4, 0.4, 0.3, 0.3, 0.3, 0.1, 0.1, 0.1};
  return reading;
}

// What another photograph makes of it: a lamp's colour, other names for some figures, some missing.
Reading again(Reading reading) {
  reading.shapes.resize(reading.shapes.size() - 3);
  for (std::size_t i = 0; i < reading.shapes.size(); i += 5)
    reading.shapes[i].shape_class = ShapeClass::polygon;
  reading.photo.saturation = 0.2, reading.photo.hue_degrees = 90;
  return reading;
}

ComposeOptions in_mode(const char* mode) {
  ComposeOptions options;
  options.mode = mode;
  return options;
}

}  // namespace

TEST_CASE("a full page gives the same music when some of its figures are read otherwise") {
  const auto one = composed(page_of(48)), other = composed(again(page_of(48)));
  CHECK(accept(one).has_value());
  CHECK(one.mode == "doodle");
  CHECK(one.key == other.key);
  REQUIRE(one.tracks.size() == other.tracks.size());
  for (std::size_t i = 0; i < one.tracks.size(); ++i)
    CHECK(one.tracks[i].patterns[0].notes == other.tracks[i].patterns[0].notes);
}

TEST_CASE("a full page that leans the other way is in another key") {
  auto below = page_of(48);
  std::ranges::reverse(below.photo.cells);
  CHECK(composed(below).key != composed(page_of(48)).key);
}

TEST_CASE("full pages that are alike but for where their gap is have other chords, bass and tune") {
  auto above = page_of(48), below = page_of(48), down_the_middle = page_of(48);
  above.photo.cells = {0.18, 0.18, 0.18, 0.2, 0.2, 0.2, 0.2, 0.2, 0.2};
  below.photo.cells = {0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.18, 0.18, 0.18};
  down_the_middle.photo.cells = {0.2, 0.15, 0.2, 0.2, 0.15, 0.2, 0.18, 0.15, 0.18};
  const auto one = composed(above), other = composed(below), third = composed(down_the_middle);
  CHECK(one.key == other.key);
  CHECK(other.key == third.key);
  for (const Role role : {Role::pad, Role::bass, Role::lead}) {
    const auto notes = [&](const Session& session) {
      return std::ranges::find(session.tracks, role, &Track::role)->patterns[0].notes;
    };
    CHECK(notes(one) != notes(other));
    CHECK(notes(other) != notes(third));
  }
}

TEST_CASE("a busy page is fast, and one that is heavy on the right swings") {
  auto calm = page_of(48), busy = page_of(48);
  calm.photo.texture = 0.3, busy.photo.texture = 0.5;
  calm.photo.balance = 0.45, busy.photo.balance = 0.55;
  CHECK(composed(busy).tempo_bpm > 1.3 * composed(calm).tempo_bpm);
  CHECK(composed(busy).swing > composed(calm).swing + 5);
}

TEST_CASE("the tune of a full page follows how the sheet lies") {
  auto very_wide = page_of(48), wide = page_of(48), tall = page_of(48), square = page_of(48);
  very_wide.width = 1600, very_wide.height = 900;
  wide.width = 1400, wide.height = 1000;
  tall.width = 1000, tall.height = 1400;
  square.width = square.height = 1000;
  const auto tune = [](const Reading& page) {
    const auto session = composed(page);
    return std::ranges::find(session.tracks, Role::lead, &Track::role)->patterns[0].notes;
  };
  CHECK(tune(very_wide) != tune(wide));
  CHECK(tune(wide) != tune(tall));
  CHECK(tune(tall) != tune(square));
  CHECK(tune(square) != tune(wide));
}

TEST_CASE("in mode doodle, and with fewer figures, each figure counts") {
  const auto one = composed(page_of(48), in_mode("doodle")),
             other = composed(again(page_of(48)), in_mode("doodle"));
  CHECK(one.tracks[0].patterns[0].notes != other.tracks[0].patterns[0].notes);
  CHECK(composed(page_of(20)).title.starts_with("Drawing"));
  CHECK(composed(page_of(48)).title == "A full page");
}

TEST_CASE("a page with an arrow for every six figures is a diagram, up to sixty of them") {
  auto page = page_of(48);
  page.arrows.assign(8, {0, 1, 0.2, -1, {0.1, 0.1}, {0.2, 0.1}});
  CHECK(composed(page).title.starts_with("Drawing"));
  page.arrows.pop_back();
  CHECK(composed(page).title == "A full page");
}

TEST_CASE("a page of more than sixty figures is full, however many arrows it has") {
  auto page = page_of(61);
  page.arrows.assign(20, {0, 1, 0.2, -1, {0.1, 0.1}, {0.2, 0.1}});
  CHECK(composed(page).title == "A full page");
  page.shapes.resize(60);
  CHECK(composed(page).title != "A full page");
}
