#include <map>

#include <doctest/doctest.h>

#include "core/play/arrange.hpp"
#include "tests/unit/music/random_session.hpp"

using namespace doodled;

namespace {

Session lead_track(std::vector<Note> notes, int bars = 1) {
  Session session;
  session.tracks = {{"lead", "Lead", Role::lead, 1, std::nullopt, {}, {{"a", 3840, std::move(notes), {}}}}};
  session.arrangement = {{"A", bars, {{"lead", "a"}}}};
  return session;
}

struct Played {
  Tick start, duration;
  int pitch, velocity;
  bool operator==(const Played&) const = default;
};

std::vector<Played> notes_of(const Timeline& timeline) {
  std::vector<Played> notes;
  for (const auto& event : timeline.events)
    if (const auto* on = std::get_if<NoteOn>(&event.body))
      notes.push_back({event.tick, on->duration, on->pitch, on->velocity});
  return notes;
}

std::vector<std::pair<Tick, float>> curve_of(const Timeline& timeline, Dimension dimension) {
  std::vector<std::pair<Tick, float>> curve;
  for (const auto& event : timeline.events)
    if (const auto* change = std::get_if<NoteExpression>(&event.body);
        change && change->dimension == dimension)
      curve.emplace_back(event.tick, change->value);
  return curve;
}

Note note(Tick start, Tick duration, int pitch) { return {start, duration, pitch, 100}; }

}  // namespace

TEST_CASE("a tied note is held into the next, across the end of its pattern") {
  auto first = note(0, 960, 60), last = note(2880, 960, 60);
  last.tied = true;
  const auto notes = notes_of(arrange(lead_track({first, last}, 2)));
  CHECK(notes == std::vector<Played>{{0, 960, 60, 100}, {2880, 1920, 60, 100}, {6720, 960, 60, 100}});
}

TEST_CASE("a tie to nothing, or to another pitch, changes nothing") {
  auto tied = note(0, 960, 60);
  tied.tied = true;
  CHECK(notes_of(arrange(lead_track({tied, note(960, 960, 62)}))) ==
        std::vector<Played>{{0, 960, 60, 100}, {960, 960, 62, 100}});
}

TEST_CASE("a ratchet strikes in equal parts of the note") {
  auto rolled = note(0, 240, 60);
  rolled.ratchet = 3;
  CHECK(notes_of(arrange(lead_track({rolled}))) ==
        std::vector<Played>{{0, 80, 60, 100}, {80, 80, 60, 100}, {160, 80, 60, 100}});
}

TEST_CASE("a nudge moves a note off the grid, but not out of the piece") {
  auto early = note(0, 240, 60), late = note(960, 240, 62), last = note(3600, 240, 64);
  early.nudge = -30, late.nudge = 12, last.nudge = 480;
  const auto notes = notes_of(arrange(lead_track({early, late, last})));
  CHECK(notes[0].start == 0);
  CHECK(notes[1] == Played{972, 240, 62, 100});
  CHECK(notes[2].start + notes[2].duration <= 3840);
}

TEST_CASE("a note with a probability sounds about that often, and the same in every replay") {
  auto likely = note(0, 240, 60);
  likely.probability = 0.3;
  auto session = lead_track({likely}, 500);
  session.seed = 11;
  const auto once = notes_of(arrange(session, 0)), again = notes_of(arrange(session, 0));
  CHECK(once == again);
  CHECK(static_cast<double>(once.size()) / 500 == doctest::Approx(0.3).epsilon(0.2));
  CHECK_FALSE(once == notes_of(arrange(session, 1)));
  CHECK(varies_by_loop(session));
  likely.probability = 0;
  CHECK(notes_of(arrange(lead_track({likely}))).empty());
  CHECK_FALSE(varies_by_loop(lead_track({note(0, 240, 60)})));
}

TEST_CASE("chance for one note leaves the draws of the others as they were") {
  auto first = note(0, 240, 60), second = note(960, 240, 62);
  second.probability = 0.5;
  auto session = lead_track({first, second}, 64);
  session.seed = 3;
  const auto drawn = [&] {
    std::vector<Tick> starts;
    for (const auto& played : notes_of(arrange(session)))
      if (played.pitch == 62) starts.push_back(played.start);
    return starts;
  };
  const auto before = drawn();
  session.tracks[0].patterns[0].notes[0].probability = 0.5;
  CHECK(drawn() == before);
}

TEST_CASE("expression runs over its note and begins before it is struck") {
  auto bent = note(960, 960, 60);
  bent.expression = {{Dimension::bend, {{0, 0}, {1, 2}}}, {Dimension::pressure, {{0, 0.5}}}};
  const auto timeline = arrange(lead_track({bent}));
  const auto bend = curve_of(timeline, Dimension::bend);
  REQUIRE(bend.size() == 32);
  CHECK(bend.front() == std::pair<Tick, float>{960, 0.0F});
  CHECK(bend[16].first == 1440);
  CHECK(bend[16].second == doctest::Approx(1));
  CHECK(curve_of(timeline, Dimension::pressure) == std::vector<std::pair<Tick, float>>{{960, 0.5F}});
  bool struck = false;
  for (const auto& event : timeline.events) {
    if (std::holds_alternative<NoteOn>(event.body)) struck = true;
    if (event.tick == 960 && std::holds_alternative<NoteExpression>(event.body)) CHECK_FALSE(struck);
  }
}

TEST_CASE("a tuning becomes the nearest key and a bend; drums keep their notes") {
  auto session = lead_track({note(0, 960, 61), note(960, 960, 60)});
  Tuning tuning{"24 equal steps", {}, 60};
  for (int i = 1; i <= 24; ++i) tuning.cents.push_back(50.0 * i);
  session.tuning = tuning;
  auto timeline = arrange(session);
  auto notes = notes_of(timeline);
  CHECK(notes[0].pitch + curve_of(timeline, Dimension::bend).at(0).second == doctest::Approx(60.5));
  CHECK(notes[1].pitch == 60);
  session.tracks[0].role = Role::drums;
  timeline = arrange(session);
  CHECK(notes_of(timeline)[0].pitch == 61);
  CHECK(curve_of(timeline, Dimension::bend).empty());
}

TEST_CASE("swing counts its pairs from each bar line, also where a bar has an odd number of sixteenths") {
  auto session = lead_track({note(240, 120, 60), note(960, 240, 62)}, 2);
  session.meter = {5, 16};
  session.tracks[0].patterns[0].length = session.meter.bar();
  session.swing = 66;
  std::vector<Tick> starts;
  for (const auto& played : notes_of(arrange(session))) starts.push_back(played.start);
  CHECK(starts == std::vector<Tick>{317, 960, 1200 + 317, 1200 + 960});
}

TEST_CASE("an LFO may run in seconds, smoothly, and upwards only") {
  auto session = lead_track({});
  session.tempo_bpm = 60;  // a bar is four seconds
  LfoShape lfo{"lfo_1", "Ramp", {-1, 1}, 960, "lead", Parameter::cutoff, 1};
  lfo.seconds = 2;
  lfo.unipolar = true;
  lfo.interpolation = Interpolation::step;
  session.lfos = {lfo};
  std::vector<std::pair<Tick, float>> values;
  for (const auto& event : arrange(session).events)
    if (const auto* change = std::get_if<ParameterChange>(&event.body))
      values.emplace_back(event.tick, change->value);
  CHECK(values == std::vector<std::pair<Tick, float>>{{0, 0.5F}, {960, 1.0F}, {1920, 0.5F}, {2880, 1.0F}});
}

TEST_CASE("random sessions become sorted timelines in which every note ends before its key sounds again") {
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    const auto timeline = arrange(testing::random_session(seed), static_cast<int>(seed % 3));
    std::map<std::pair<int, int>, int> sounding;
    Tick before = 0;
    for (const auto& event : timeline.events) {
      CAPTURE(seed);
      REQUIRE(event.tick >= before);
      REQUIRE(event.tick <= timeline.length);
      before = event.tick;
      if (const auto* on = std::get_if<NoteOn>(&event.body))
        REQUIRE(++sounding[{event.track, on->pitch}] == 1);
      if (const auto* off = std::get_if<NoteOff>(&event.body))
        REQUIRE(--sounding[{event.track, off->pitch}] == 0);
    }
    for (const auto& [key, count] : sounding) REQUIRE(count == 0);
  }
}
