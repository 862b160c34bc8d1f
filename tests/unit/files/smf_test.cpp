#include "core/files/smf.hpp"

#include <doctest/doctest.h>

#include "tests/fakes/play_rig.hpp"

using namespace doodled;
using namespace doodled::fakes;

TEST_CASE("a MIDI file is written byte for byte as RP-001 says") {
  auto timeline = timeline_of({{0, 240, 60}});
  timeline->title = "A";
  timeline->tempo_bpm = 84;
  timeline->key = {4, "minor"};

  const auto bytes = to_smf(*timeline);

  CHECK(to_hex(bytes) ==
        "4d546864"
        "00000006"
        "0001"
        "0002"
        "03c0"
        "4d54726b"
        "0000001f"
        "00ff030141"
        "00ff51030ae62e"
        "00ff580404021808"
        "00ff59020101"
        "9e00ff2f00"
        "4d54726b"
        "00000016"
        "00ff03044c656164"
        "00903c64"
        "8170803c40"
        "9c10ff2f00");
}

TEST_CASE("format 0 holds everything in one track") {
  auto timeline = timeline_of({{0, 240, 60}});
  SmfOptions options;
  options.format = 0;
  options.division = 480;

  const auto hex = to_hex(to_smf(*timeline, options));

  CHECK(hex.substr(0, 28) == "4d546864000000060000000101e0");
  CHECK(hex.find("00903c647880"
                 "3c40") != std::string::npos);
}

TEST_CASE("parameters become the profile's controllers, unchanged values only once") {
  auto timeline = timeline_of({});
  const auto value = static_cast<float>(to_unit(Parameter::cutoff, 1200));
  timeline->events.push_back({0, 0, ParameterChange{Parameter::cutoff, value}});
  timeline->events.push_back({10, 0, ParameterChange{Parameter::cutoff, value}});
  timeline->events.push_back({20, 0, ParameterChange{Parameter::pitch, 0.5F}});

  const auto hex = to_hex(to_smf(*timeline));

  CHECK(hex.find("00b04a4c"
                 "14e00040") != std::string::npos);
}
