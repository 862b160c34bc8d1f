#include "core/import/import.hpp"

#include <doctest/doctest.h>

#include "core/base/random.hpp"
#include "tests/unit/import/smf_bytes.hpp"

using namespace doodled;
using namespace doodled::fakes;

namespace {

Session imported(const std::string& bytes) {
  auto accepted = accept_midi(as_bytes(bytes), "Untitled");
  REQUIRE_MESSAGE(accepted.has_value(), (accepted ? "" : accepted.error().message));
  return accepted->session;
}

std::string error_of(const std::string& bytes) {
  const auto accepted = accept_file(as_bytes(bytes), "Untitled");
  return accepted ? "none" : accepted.error().code;
}

const auto conductor =
    hex("00 ff 03 04 536f6e67"     // name: Song
        "00 ff 51 03 0ae62e"       // 84 bpm
        "00 ff 58 04 03 02 18 08"  // 3/4
        "00 ff 59 02 01 01"        // E minor
        "00 ff 06 01 41"           // marker A
        "8240 ff 06 01 42"         // at 320: not on a bar line
        "00 ff 2f 00");
const auto lead = hex("00 ff 03 04 4c656164 00 c0 50 00 90 34 64 60 80 34 40 00 ff 2f 00");

}  // namespace

TEST_CASE("a MIDI file's tempo, meter, key, names and notes become a session") {
  const auto session = imported(smf(1, 96, {conductor, lead}));

  CHECK(session.title == "Song");
  CHECK(session.tempo_bpm == doctest::Approx(84));
  CHECK(session.meter == Meter{3, 4});
  CHECK(session.key == Key{4, "minor"});
  REQUIRE(session.tracks.size() == 1);
  CHECK(session.tracks[0].name == "Lead");
  CHECK(session.tracks[0].role == Role::lead);
  CHECK(session.tracks[0].patterns[0].notes == std::vector<Note>{{0, 960, 52, 100}});
  REQUIRE(session.arrangement.size() == 1);
  CHECK(session.arrangement[0].name == "A");
  CHECK(session.arrangement[0].bars == 2);
}

TEST_CASE("channels of one track become tracks, channel 10 drums") {
  const auto session =
      imported(smf(0, 480, {hex("00 90 3c 64 00 99 24 64 8360 80 3c 40 00 89 24 40 00 ff 2f 00")}));

  REQUIRE(session.tracks.size() == 2);
  CHECK(session.tracks[0].name == "Channel 1");
  CHECK(session.tracks[1].name == "Drums");
  CHECK(session.tracks[1].role == Role::drums);
  CHECK(session.tracks[1].patterns[0].notes == std::vector<Note>{{0, 960, 36, 100}});
}

TEST_CASE("markers on bar lines are sections, and a note that rings across is tied") {
  const auto markers = hex("00 ff 06 01 61 8300 ff 06 01 62 8300 ff 06 01 63 8300 ff 2f 00");  // bars of 384
  const auto notes = hex("00 90 3c 64 60 80 3c 40 8460 90 3e 64 8100 80 3e 40 00 ff 2f 00");   // over bar 3

  const auto session = imported(smf(1, 96, {markers, notes}));

  std::vector<std::string> sections;
  for (const auto& section : session.arrangement)
    sections.push_back(section.name + std::to_string(section.bars) + "/" +
                       std::to_string(section.parts.size()));
  CHECK(sections == std::vector<std::string>{"a1/1", "b1/1", "c1/1"});
  Note first{3200, 640, 62, 100}, second{0, 640, 62, 100};
  first.tied = true;
  CHECK(session.tracks[0].patterns[1].notes == std::vector<Note>{first});
  CHECK(session.tracks[0].patterns[2].notes == std::vector<Note>{second});
}

TEST_CASE("sequences of format 2 follow each other from bar line to bar line") {
  const auto one = hex("00 ff 03 01 78 00 90 3c 64 60 80 3c 40 00 ff 2f 00");
  const auto two = hex("00 ff 03 01 79 00 90 3e 64 60 80 3e 40 00 ff 2f 00");

  const auto session = imported(smf(2, 96, {one, two}));

  REQUIRE(session.arrangement.size() == 2);
  CHECK(session.arrangement[0].name == "x");
  CHECK(session.arrangement[1].name == "y");
  CHECK(session.arrangement[1].bars == 1);
}

TEST_CASE("seconds of an SMPTE division become ticks at the file's tempo") {
  // 25 frames of 40 ticks: half a second is a quarter note at 120.
  const auto session = imported(smf(1, 0xe728, {hex("00 90 3c 64 8374 80 3c 40 00 ff 2f 00")}));
  CHECK(session.tracks[0].patterns[0].notes == std::vector<Note>{{0, 960, 60, 100}});
}

TEST_CASE("controllers with a parameter become automation, others are named as left out") {
  const auto session =
      imported(smf(0, 96, {hex("00 b0 4a 40 00 b0 03 10 60 b0 4a 60 00 90 3c 64 60 80 3c 40 00 ff 2f 00")}));

  const auto& automation = session.tracks[0].patterns[0].automation;
  REQUIRE(automation.size() == 1);
  CHECK(automation[0].parameter == Parameter::cutoff);
  CHECK(automation[0].points[1].tick == 960);
  CHECK(automation[0].points[1].value == doctest::Approx(0.75));
  CHECK(session.provenance.transforms ==
        std::vector<std::string>{"left out of the MIDI file: 1 controllers without a parameter"});
}

TEST_CASE("notes that never end last to the end of their track, and of equal ones the first is ended first") {
  const auto session = imported(smf(0, 96, {hex("00 90 3c 64 30 90 3e 64 8150 ff 2f 00")}));
  CHECK(session.tracks[0].patterns[0].notes == std::vector<Note>{{0, 2560, 60, 100}, {480, 2080, 62, 100}});
}

TEST_CASE("a .mpcpattern of either dialect becomes a session") {
  const auto classic = accept_file(as_bytes(R"({"pattern": {"length": 9223372036854775807, "events": [
      {"type": 1, "time": 0, "len": 0, "1": 0, "2": 0.0, "3": 0, "mod": 0, "modVal": 0.0},
      {"type": 2, "time": 240, "len": 120, "1": 37, "2": 0.7874015748031497, "3": 0, "mod": 0, "modVal": 0.5}]}})"),
                                   "Beat");
  REQUIRE(classic.has_value());
  CHECK(classic->session.tracks[0].patterns[0].notes == std::vector<Note>{{240, 120, 37, 100}});

  const auto mpc3 =
      accept_file(as_bytes(R"({"pattern": {"length": 9223372036854775807, "version": 2, "events": [
      {"version": 2, "time": 960, "type": 3, "channel": 0,
       "note": {"version": 1, "note": 60, "velocity": 1.0, "length": 480}}]}})"),
                  "Beat");
  REQUIRE(mpc3.has_value());
  CHECK(mpc3->session.tracks[0].patterns[0].notes == std::vector<Note>{{960, 480, 60, 127}});
}

TEST_CASE("what can't become a session is refused with its reason") {
  CHECK(error_of(smf(1, 96, {hex("00 ff 2f 00")})) == "midi_without_notes");
  CHECK(error_of("SMF2CLIP") == "midi2_clip");
  CHECK(error_of("no music") == "malformed_json");
  CHECK(error_of(R"({"pattern": {"events": [{"type": 2, "time": -1, "len": 1, "1": 300, "2": 2}]}})") ==
        "invalid_form");
  CHECK(error_of(R"({"pattern": {}})") == "invalid_form");
  // One note at tick 0, and the end of the track 90,000 bars later.
  CHECK(error_of(smf(0, 96, {hex("00 90 3c 64 60 80 3c 40 90 80 80 00 ff 2f 00")})) == "midi_too_large");
}

TEST_CASE("a file with some bytes changed is read or refused, and what is read passes the gate") {
  const auto whole =
      smf(1, 96, {conductor, lead, hex("00 b0 4a 40 60 99 24 64 60 24 00 00 e0 00 40 00 ff 2f 00")});
  Random random(1);
  int read = 0;
  for (int i = 0; i < 5000; ++i) {
    auto bytes = whole;
    for (int change = random.below(4); change >= 0; --change)
      bytes[static_cast<std::size_t>(random.below(static_cast<int>(bytes.size())))] =
          static_cast<char>(random.below(256));
    const auto accepted = accept_midi(as_bytes(bytes), "Untitled");
    if (!accepted) REQUIRE_FALSE(accepted.error().problems.empty());
    read += accepted.has_value();
  }
  CHECK(read > 1000);
}
