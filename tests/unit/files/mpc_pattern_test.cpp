#include "core/files/mpc_pattern.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "tests/fakes/play_rig.hpp"

using namespace doodled;
using namespace doodled::fakes;

TEST_CASE("the classic dialect begins with its three events and keeps the length a whole number") {
  const auto text = to_mpc_pattern(*timeline_of({{240, 120, 60}}), 0);

  CHECK(text.find("\"length\": 9223372036854775807") != text.npos);
  const auto events = Json::parse(text).at("pattern").at("events");
  REQUIRE(events.size() == 4);
  CHECK(
      events[2] ==
      Json::parse(R"({"type":1,"time":0,"len":0,"1":130,"2":0.787401556968689,"3":0,"mod":0,"modVal":0.0})"));
  CHECK(events[3].at("time") == 240);
  CHECK(events[3].at("len") == 120);
  CHECK(events[3].at("1") == 60);
  CHECK(events[3].at("2").get<double>() == doctest::Approx(100 / 127.0));
  CHECK(events[3].at("modVal") == 0.5);
}

TEST_CASE("the dialect of MPC 3 has a note object with all its modifiers") {
  const auto text = to_mpc_pattern(*timeline_of({{240, 120, 60}}), 0, {MpcDialect::mpc3});

  const auto pattern = Json::parse(text).at("pattern");
  CHECK(pattern.at("version") == 2);
  CHECK(pattern.at("numFilterTypes") == 30);
  REQUIRE(pattern.at("events").size() == 1);
  const auto note = pattern.at("events")[0].at("note");
  CHECK(note.at("note") == 60);
  CHECK(note.at("length") == 120);
  CHECK(note.at("probability") == 100);
  CHECK(note.at("modifierValue6") == 1.0);
  CHECK(note.at("modifierValue15") == 0.0);
}

TEST_CASE("drums are written as the notes of their pads") {
  auto timeline = timeline_of({{0, 120, 38}});
  timeline->tracks[0].role = Role::drums;
  timeline->tracks[0].pads = {{"A05", "snare", 38}};
  const auto note = [&](PadMap map) {
    const auto text = to_mpc_pattern(*timeline, 0, {MpcDialect::classic, map});
    return Json::parse(text).at("pattern").at("events")[3].at("1").get<int>();
  };
  CHECK(note(PadMap::chromatic_c1) == 40);
  CHECK(note(PadMap::general_midi) == 38);
}
