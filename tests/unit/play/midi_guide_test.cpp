#include "core/play/midi_guide.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "core/play/profile_shelf.hpp"

using namespace doodled;

namespace {

// The columns as midi.guide has them; the rows are made up.
const std::string head =
    "manufacturer,device,section,parameter_name,parameter_description,cc_msb,cc_lsb,cc_min_value,cc_max_"
    "value,"
    "cc_default_value,nrpn_msb,nrpn_lsb,nrpn_min_value,nrpn_max_value,nrpn_default_value,orientation,notes,"
    "usage\n";

std::string route(const std::string& rows, Parameter parameter) {
  const auto profile = profile_from_midi_guide(head + rows);
  REQUIRE(profile.has_value());
  return describe(profile->controllers[static_cast<std::size_t>(parameter)]);
}

}  // namespace

TEST_CASE("a table of midi.guide becomes a profile") {
  const auto profile = profile_from_midi_guide(
      head +
      "Maker,Synth One,Filter,Cutoff,\"how far, and \"\"open\"\"\",19,51,0,127,,3,115,0,16383,,0-based,,\r\n"
      "Maker,Synth One,Filter,Resonance,,21,,0,100,,,,,,,0-based,,0~100: more\n"
      "Maker,Synth One,Mixer,Noise level,,,,,,,3,112,0,16383,,0-based,,\n"
      "Maker,Synth One,Arp,Arp on,,73,,0,127,,,,,,,0-based,,0-63: Off; 64-127: On\n");

  REQUIRE(profile.has_value());
  CHECK(profile->id == "maker_synth_one");
  CHECK(profile->name == "Maker Synth One");
  const auto& routes = profile->controllers;
  CHECK(describe(routes[static_cast<std::size_t>(Parameter::cutoff)]) == "controllers 19 and 51");
  CHECK(routes[static_cast<std::size_t>(Parameter::resonance)].highest == 100);
  CHECK(describe(routes[static_cast<std::size_t>(Parameter::noise)]) == "NRPN 3:112");
  CHECK(routes[static_cast<std::size_t>(Parameter::noise)].fine);
  CHECK(describe(routes[static_cast<std::size_t>(Parameter::reverb)]) == "not sent");
  CHECK(profile_from_json(to_json(*profile)).has_value());
}

TEST_CASE("makers' words for a parameter are known, and the better name wins") {
  CHECK(route("M,D,VCF,Frequency,,20,,0,127,,,,,,,0-based,,\n", Parameter::cutoff) == "controller 20");
  CHECK(route("M,D,Amplifier envelope,Attack,,28,,0,127,,,,,,,0-based,,\n", Parameter::attack) ==
        "controller 28");
  CHECK(route("M,D,,Attack,,5,,0,127,,,,,,,0-based,,\nM,D,Amp,Env Attack,,6,,0,127,,,,,,,0-based,,\n",
              Parameter::attack) == "controller 6");
  CHECK(route("M,D,LFO 1,Speed,,7,,0,127,,,,,,,0-based,,\nM,D,LFO 2,Rate,,8,,0,127,,,,,,,0-based,,\n",
              Parameter::lfo_rate) == "controller 7");
  CHECK_FALSE(guide_rank(Parameter::cutoff, "Arpeggiator", "Gate length"));
}

TEST_CASE("a table that is not one of midi.guide is refused with its line") {
  const auto pointer = [](const std::string& csv) {
    return profile_from_midi_guide(csv).error().problems.at(0).pointer;
  };

  CHECK(pointer("a,b,c\n") == "line 1");
  CHECK(pointer(head + "M,D,Filter,Cutoff\n") == "line 2");
  CHECK(pointer(head + "\"M,D\n\n") == "line 4");
  CHECK(pointer(head + "\"M\"x,D\n") == "line 2");
  CHECK(pointer(head + "M,D,Arp,On,,73,,0,127,,,,,,,0-based,,\n") == "line 1");
  CHECK(pointer("") == "line 1");
}
