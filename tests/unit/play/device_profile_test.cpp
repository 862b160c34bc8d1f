#include "core/play/device_profile.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

using namespace doodled;

TEST_CASE("the shipped profiles load, and the generic one is the built-in one") {
  const auto profiles = load_profiles(std::string(DOODLED_SOURCE_DIR) + "/config/profiles");

  REQUIRE(profiles.has_value());
  CHECK(profiles->size() >= 5);
  CHECK(to_json(profiles->at("generic")) == to_json(generic_profile()));
  for (const auto& [id, profile] : *profiles) {
    const auto again = profile_from_json(to_json(profile));
    REQUIRE(again.has_value());
    CHECK(to_json(*again) == to_json(profile));
  }
}

TEST_CASE("a profile that is wrong is refused with its place") {
  const auto pointer = [](const char* text) {
    return profile_from_json(*parse_json(text)).error().problems.at(0).pointer;
  };

  CHECK(pointer(R"({"name":"x"})") == "/id");
  CHECK(pointer(R"({"id":"x","controllers":{"cutof":1}})") == "/controllers/cutof");
  CHECK(pointer(R"({"id":"x","controllers":{"cutoff":120}})") == "/controllers/cutoff");
  CHECK(pointer(R"({"id":"x","controllers":{"cutoff":{"controller":40,"fine":true}}})") ==
        "/controllers/cutoff");
  CHECK(pointer(R"({"id":"x","pads":{"A17":1}})") == "/pads/A17");
  CHECK(pointer(R"({"id":"x","drum_channel":17})") == "/drum_channel");
  CHECK(pointer(R"({"id":"x","colour":1})") == "/colour");
}
