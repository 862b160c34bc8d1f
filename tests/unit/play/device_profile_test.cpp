#include "core/play/device_profile.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "core/play/profile_shelf.hpp"

using namespace doodled;

namespace {

std::string pointer(const char* text) {
  const auto profile = profile_from_json(*parse_json(text));
  REQUIRE_FALSE(profile.has_value());
  return profile.error().problems.at(0).pointer;
}

ProfileShelf shipped() {
  ProfileShelf shelf;
  shelf.add_folder(std::string(DOODLED_SOURCE_DIR) + "/config/profiles");
  return shelf;
}

}  // namespace

TEST_CASE("the shipped profiles load, say the same again, and nothing in them is doubtful") {
  const auto shelf = shipped();

  CHECK(shelf.problems.empty());
  CHECK(shelf.entries.size() >= 9);
  CHECK(to_json(shelf.entries.at("generic").profile)["controllers"] ==
        to_json(generic_profile())["controllers"]);
  for (const auto& [id, entry] : shelf.entries) {
    CAPTURE(id);
    const auto again = profile_from_json(to_json(entry.profile));
    REQUIRE(again.has_value());
    CHECK(to_json(*again) == to_json(entry.profile));
    CHECK(profile_remarks(entry.profile).empty());
    CHECK_FALSE(entry.profile.sources.empty());
  }
}

TEST_CASE("a profile that is wrong is refused with its place") {
  CHECK(pointer(R"({"name":"x"})") == "/id");
  CHECK(pointer(R"({"id":"x","controllers":{"cutof":1}})") == "/controllers/cutof");
  CHECK(pointer(R"({"id":"x","controllers":{"cutoff":120}})") == "/controllers/cutoff");
  CHECK(pointer(R"({"id":"x","controllers":{"cutoff":{"controller":40,"fine":true}}})") ==
        "/controllers/cutoff");
  CHECK(pointer(R"({"id":"x","pads":{"A17":1}})") == "/pads/A17");
  CHECK(pointer(R"({"id":"x","drum_channel":17})") == "/drum_channel");
  CHECK(pointer(R"({"id":"x","colour":1})") == "/colour");
  CHECK(pointer(R"({"id":"x","mpe_zone":"middle"})") == "/mpe_zone");
  CHECK(pointer(R"({"id":"x","sysex_gap_ms":-1})") == "/sysex_gap_ms");
  CHECK(pointer(R"({"id":"x","channels":{"solo":1}})") == "/channels/solo");
  CHECK(pointer(R"({"id":"x","channels":{"drums":1}})") == "/channels/drums");
  CHECK(pointer(R"({"id":"x","channels":{"lead":0}})") == "/channels/lead");
}

TEST_CASE("channels, the zone and the gap between SysEx are read and written") {
  const auto profile = profile_from_json(*parse_json(
      R"({"id":"x","channels":{"lead":2,"bass":3},"mpe_members":4,"mpe_zone":"upper","sysex_gap_ms":40})"));
  REQUIRE(profile.has_value());
  CHECK(profile->channels == std::map<Role, int>{{Role::lead, 2}, {Role::bass, 3}});
  CHECK(profile->mpe_zone == MpeZone::upper);
  CHECK(profile->sysex_gap_ms == 40);
  const auto again = profile_from_json(to_json(*profile));
  REQUIRE(again.has_value());
  CHECK(to_json(*again) == to_json(*profile));
}

TEST_CASE("a route that is wrong is refused with its place") {
  const auto route = [](const std::string& text) {
    return pointer((R"({"id":"x","controllers":{"cutoff":)" + text + "}}").c_str());
  };

  CHECK(route(R"({"controller":1,"nrpn":[1,2]})") == "/controllers/cutoff");
  CHECK(route(R"({"fine":true})") == "/controllers/cutoff");
  CHECK(route(R"({"nrpn":[1,128]})") == "/controllers/cutoff/nrpn/1");
  CHECK(route(R"({"controller":1,"range":[0,128]})") == "/controllers/cutoff/range/1");
  CHECK(route(R"({"controller":1,"curve":[[0,0],[0,1]]})") == "/controllers/cutoff/curve/1");
  CHECK(route(R"({"controller":1,"from":[30,30]})") == "/controllers/cutoff/from");
  CHECK(route(R"({"sysex":"F0 41 {value}"})") == "/controllers/cutoff/sysex");
  CHECK(route(R"({"sysex":"F0 {value} F7","checksum":"crc"})") == "/controllers/cutoff/checksum");
  CHECK(route(R"({"osc":"filter"})") == "/controllers/cutoff/osc");
  CHECK(route(R"({"controller":1,"source":"nowhere"})") == "/controllers/cutoff/source");
  CHECK(pointer(R"({"id":"x","programs":{"choir":{"program":1}}})") == "/programs/choir");
  CHECK(pointer(R"({"id":"x","programs":{"bass":{"bank":[0,0]}}})") == "/programs/bass/program");
}

TEST_CASE("doubtful things in a profile are remarked on") {
  const auto remarks = [](const char* text) {
    std::vector<std::string> places;
    for (const auto& remark : profile_remarks(*profile_from_json(*parse_json(text))))
      places.push_back(remark.pointer);
    return places;
  };

  CHECK(remarks(R"({"id":"x","controllers":{"cutoff":74}})") ==
        std::vector<std::string>{"/controllers/cutoff"});
  CHECK(
      remarks(
          R"({"id":"x","sources":{"a":"b"},"controllers":{"cutoff":{"controller":10,"fine":true},"resonance":42}})")
          .size() == 1);
  CHECK(remarks(R"({"id":"x","sources":{"a":"b"},"controllers":{"cutoff":6}})").size() == 1);
  CHECK(remarks(R"({"id":"x","sources":{"a":"b"},"mpe_members":10})").size() == 1);
}
