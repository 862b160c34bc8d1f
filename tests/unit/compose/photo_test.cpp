// Each rule for photographs.
#include <algorithm>

#include "core/interpret/accept.hpp"
#include "tests/unit/compose/readings.hpp"

using namespace doodled;
using namespace doodled::test;

TEST_CASE("a brighter photograph opens the filter, a rougher one adds noise, and it stays in key") {
  double cutoff = 0, noise = -1;
  for (const double part : {0.05, 0.2, 0.4, 0.6, 0.8, 0.95}) {
    const auto bright = composed(photo(part, 0.3)), rough = composed(photo(0.5, part));
    CHECK(bright.tracks[0].patch->filter.cutoff_hz > cutoff);
    CHECK(rough.tracks[0].patch->noise > noise);
    cutoff = bright.tracks[0].patch->filter.cutoff_hz;
    noise = rough.tracks[0].patch->noise;
    CHECK(accept(bright).has_value());
  }
}

TEST_CASE("the mode goes from phrygian to mixolydian as colours go from red to blue") {
  CHECK(composed(photo(0.4, 0.5, 40)).key.scale == "phrygian");
  CHECK(composed(photo(0.4, 0.5, 110)).key.scale == "minor");
  CHECK(composed(photo(0.4, 0.5, 180)).key.scale == "dorian");
  CHECK(composed(photo(0.4, 0.5, 285)).key.scale == "mixolydian");
}

TEST_CASE("wide open pictures: warm and vast is lydian, cold and vast aeolian") {
  auto open = photo(0.7, 0.1, 40);
  open.photo.horizon = 0.6;
  open.photo.cells = {0.1, 0.1, 0.1, 0.3, 0.2, 0.7, 0.4, 0.6, 0.8};
  CHECK(composed(open).key.scale == "lydian");
  open.photo.hue_degrees = 285;
  CHECK(composed(open).key.scale == "minor");
}

TEST_CASE("without colour, stark white is mixolydian and dark grey darker") {
  auto white = photo(0.9, 0.5, 40), dark = photo(0.1, 0.5, 40);
  white.photo.saturation = dark.photo.saturation = 0;
  CHECK(composed(white).key.scale == "mixolydian");
  CHECK(composed(dark).key.scale == "minor");
}

TEST_CASE("warm colours drive, cool ones echo") {
  const Patch warm = *composed(photo(0.5, 0.5, 40)).tracks[0].patch,
              cool = *composed(photo(0.5, 0.5, 285)).tracks[0].patch;
  CHECK(warm.drive > cool.drive);
  CHECK(warm.delay < cool.delay);
}

TEST_CASE("a busy picture has more voices in its chords than a sparse one") {
  auto sparse = photo(0.5, 0.05), busy = photo(0.5, 0.9);
  sparse.photo.focal_points.clear();
  busy.photo.focal_points.assign(8, {0.5, 0.5});
  const auto voices = [](const Session& session) {
    return std::ranges::count(session.tracks[0].patterns[0].notes, Tick{0}, &Note::start);
  };
  CHECK(voices(composed(sparse)) == 2);
  CHECK(voices(composed(busy)) == 5);
}

TEST_CASE("a focal point is an accent at its place") {
  const auto session = composed(photo());
  const auto& notes = session.tracks[1].patterns[0].notes;
  const auto at = [&](Tick step) { return std::ranges::find(notes, step * ticks_per_step, &Note::start); };
  REQUIRE(at(4) != notes.end());  // x = 0.3
  CHECK(at(4)->velocity == 112);
  REQUIRE(at(12) != notes.end());  // x = 0.8
  CHECK(at(12)->velocity == 112);
}

TEST_CASE("pad, lead, texture and bass are there, and the bass plays the roots of the pad's chords") {
  const auto session = composed(photo());
  REQUIRE(session.tracks.size() == 4);
  CHECK(session.tracks[0].role == Role::pad);
  CHECK(session.tracks[1].role == Role::lead);
  CHECK(session.tracks[2].role == Role::texture);
  REQUIRE(session.tracks[3].role == Role::bass);
  const Tick bar = session.meter.bar();
  for (const auto& note : session.tracks[3].patterns[0].notes) {
    const Tick start = note.start / bar * bar;
    const auto& pad = session.tracks[0].patterns[0].notes;
    CHECK(std::ranges::any_of(pad, [&](const Note& chord) {
      return chord.start == start && (chord.pitch - note.pitch) % 12 == 0;
    }));
  }
}

TEST_CASE("the heaviest cell chooses the chords") {
  auto top = photo(), bottom = photo();
  top.photo.cells = {1, 0, 0, 0, 0, 0, 0, 0, 0};
  bottom.photo.cells = {0, 0, 0, 0, 0, 0, 0, 1, 0};
  CHECK(composed(top).tracks[0].patterns[0].notes != composed(bottom).tracks[0].patterns[0].notes);
}

TEST_CASE("cells that are a little fuller on one side, as lamps make them, move neither chords nor heights") {
  auto even = photo(), lit = photo();
  even.photo.cells = {0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5};
  lit.photo.cells = {0.53, 0.52, 0.51, 0.51, 0.5, 0.49, 0.49, 0.49, 0.48};
  const auto one = composed(even), other = composed(lit);
  for (std::size_t track = 0; track < one.tracks.size(); ++track)
    CHECK(one.tracks[track].patterns[0].notes == other.tracks[track].patterns[0].notes);
}

TEST_CASE("one more strike of the bass moves none of the others") {
  auto loose = photo(), dense = photo();
  loose.photo.cells = {0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.35, 0.35, 0.35};
  dense.photo.cells = {0.5, 0.5, 0.5, 0.5, 0.5, 0.5, 0.65, 0.65, 0.65};
  const auto few = composed(loose).tracks[3].patterns[0].notes,
             most = composed(dense).tracks[3].patterns[0].notes;
  CHECK(most.size() > few.size());
  for (const Note& note : few)
    CHECK(std::ranges::any_of(most, [&](const Note& other) { return other.start == note.start; }));
}

TEST_CASE("another seed gives another lead over the same chords") {
  ComposeOptions other;
  other.seed = 77;
  const auto one = composed(photo()), two = composed(photo(), other);
  CHECK(one.tracks[1].patterns[0].notes != two.tracks[1].patterns[0].notes);
  CHECK(one.tracks[0].patterns[0].notes == two.tracks[0].patterns[0].notes);
}

TEST_CASE("the nine cells are nine macros in three groups") {
  const auto session = composed(photo());
  REQUIRE(session.macros.size() == 9);
  CHECK(session.macros[0].group == "filter_effects");
  CHECK(session.macros[4].group == "oscillator");
  CHECK(session.macros[8].group == "amp_lfo");
  CHECK(session.macros[2].value == doctest::Approx(0.9));
}
