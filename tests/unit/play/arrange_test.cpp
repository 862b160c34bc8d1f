#include "core/play/arrange.hpp"

#include <map>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "core/play/timeline_json.hpp"

using namespace doodled;

namespace {

Session titled_track(std::vector<Note> notes, int bars = 1) {
  Session session;
  session.title = "Test";
  session.tracks = {{"lead", "Lead", Role::lead, 1, std::nullopt, {}, {{"a", 3840, std::move(notes), {}}}}};
  session.arrangement = {{"A", bars, {{"lead", "a"}}}};
  return session;
}

}  // namespace

TEST_CASE("notes become pairs of events that a person can read") {
  CHECK(to_text(arrange(titled_track({{0, 240, 60, 100}, {960, 480, 64, 80}}))) ==
        "Test, 120.000 bpm, 4/4, 3840 ticks\n"
        "  1.01.000  lead  note on  C4   velocity 100 for 240\n"
        "  1.02.000  lead  note off C4\n"
        "  1.05.000  lead  note on  E4   velocity  80 for 480\n"
        "  1.07.000  lead  note off E4\n");
}

TEST_CASE("a pattern repeats to fill its section, and is cut at its end") {
  auto session = titled_track({{0, 240, 60, 100}}, 3);
  session.tracks[0].patterns[0].length = 2 * 3840;
  const auto timeline = arrange(session);
  CHECK(timeline.length == 3 * 3840);
  std::vector<Tick> starts;
  for (const auto& event : timeline.events)
    if (std::holds_alternative<NoteOn>(event.body)) starts.push_back(event.tick);
  CHECK(starts == std::vector<Tick>{0, 2 * 3840});
}

TEST_CASE("every note-on has its note-off inside the timeline, and events are sorted") {
  auto session = titled_track({{0, 3840, 60, 100}, {3600, 240, 62, 90}, {1000, 77, 64, 90}}, 5);
  session.swing = 66;
  const auto timeline = arrange(session);
  std::map<int, int> sounding;
  Tick before = 0;
  for (const auto& event : timeline.events) {
    CHECK(event.tick >= before);
    CHECK(event.tick <= timeline.length);
    before = event.tick;
    if (const auto* on = std::get_if<NoteOn>(&event.body)) CHECK(++sounding[on->pitch] == 1);
    if (const auto* off = std::get_if<NoteOff>(&event.body)) CHECK(--sounding[off->pitch] == 0);
  }
  for (const auto& [pitch, count] : sounding) CHECK(count == 0);
}

TEST_CASE("swing delays every second sixteenth and leaves the beats") {
  CHECK(swung(240, 50) == 240);
  CHECK(swung(240, 66) == 317);
  CHECK(swung(480, 66) == 480);
  CHECK(swung(720, 75) == 480 + 360);
  for (Tick tick = 0; tick < 960; ++tick) CHECK(swung(tick + 1, 71) >= swung(tick, 71));
}

TEST_CASE("the patch, macros and LFOs become parameter changes") {
  auto session = titled_track({});
  session.tracks[0].patch.emplace();
  session.tracks[0].patch->filter.cutoff_hz = 1200;
  session.macros = {{"macro_2", "Reverb", "", 0, 0.75, 71, "lead", {}}};
  session.lfos = {{"lfo_1", "", {1, -1}, 3840, "lead", Parameter::pan, 1}};
  int pans = 0;
  double cutoff = -1, macro = -1, controller = -1;
  for (const auto& event : arrange(session).events) {
    if (const auto* change = std::get_if<ParameterChange>(&event.body)) {
      CHECK(change->value >= 0);
      CHECK(change->value <= 1);
      if (change->parameter == Parameter::pan) ++pans;
      if (change->parameter == Parameter::cutoff) cutoff = static_cast<double>(change->value);
      if (change->parameter == Parameter::macro_2) macro = static_cast<double>(change->value);
    }
    if (const auto* change = std::get_if<ControllerChange>(&event.body))
      controller = static_cast<double>(change->value);
  }
  CHECK(cutoff == doctest::Approx(0.592717));
  CHECK(macro == 0.75);
  CHECK(controller == 0.75);
  CHECK(pans > 30);
}

TEST_CASE("a timeline goes to JSON and back unchanged, and broken JSON is an error") {
  auto session = titled_track({{0, 240, 60, 100}, {960, 480, 64, 80}});
  session.tracks[0].patch.emplace();
  const auto timeline = arrange(session);
  const Json json = to_json(timeline);
  const auto back = timeline_from_json(json);
  REQUIRE(back.has_value());
  CHECK(to_text(*back) == to_text(timeline));
  CHECK(to_json(*back) == json);
  auto broken = json;
  broken["events"][0]["type"] = "sneeze";
  CHECK(timeline_from_json(broken).has_error());
  CHECK(timeline_from_json(Json::object()).has_error());
}
