#include <doctest/doctest.h>

#include "drivers/midi/midi_driver.hpp"
#include "drivers/midi/profile_keys.hpp"
#include "tests/conformance/exercise_driver.hpp"
#include "tests/fakes/midi_ports.hpp"

using namespace doodled;
using namespace doodled::fakes;

namespace {

struct Read {
  DeviceProfile profile;
  std::string pointer;
};

Read read(const char* json) {
  DeviceSettings settings;
  settings.json = json;
  DriverKeys keys(settings);
  Read read;
  read.profile = midi::read_channels(keys, generic_profile());
  if (const auto error = keys.error()) read.pointer = error->problems.at(0).pointer;
  return read;
}

}  // namespace

TEST_CASE("tracks go to the channel of their role, drums to theirs, others to their own") {
  auto timeline = timeline_of({{0, 240, 60}});
  timeline->tracks.push_back({.id = "b", .name = "B", .role = Role::bass, .channel = 7, .pads = {}});
  timeline->tracks.push_back({.id = "d", .name = "D", .role = Role::drums, .channel = 10, .pads = {}});
  timeline->events = {
      {0, 0, NoteOn{60, 100, 240}}, {0, 1, NoteOn{36, 100, 240}}, {0, 2, NoteOn{38, 90, 240}}};
  auto profile = generic_profile();
  profile.channels = {{Role::lead, 4}, {Role::pad, 5}};
  profile.drum_channel = 11;
  MidiDriver driver(std::make_unique<SilentOut>(), profile);

  const auto packets = encode_all(driver, *timeline);

  REQUIRE(packets.size() == 3);
  CHECK(to_hex(packets[0]) == "933c64");
  CHECK(to_hex(packets[1]) == "962464");
  CHECK(to_hex(packets[2]) == "9a265a");
}

TEST_CASE("a device's settings change its channels, and what is wrong is named") {
  const auto good = read(R"({"drum_channel": 3, "channels": {"lead": 2, "bass": 16}})");
  CHECK(good.pointer.empty());
  CHECK(good.profile.drum_channel == 3);
  CHECK(good.profile.channels == std::map<Role, int>{{Role::lead, 2}, {Role::bass, 16}});
  CHECK(read("{}").profile.channels.empty());

  CHECK(read(R"({"channels": {"lead": 17}})").pointer == "channels/lead");
  CHECK(read(R"({"channels": {"solo": 1}})").pointer == "channels/solo");
  CHECK(read(R"({"channels": {"drums": 1}})").pointer == "channels/drums");
  CHECK(read(R"({"channels": [1, 2]})").pointer == "channels");
  CHECK(read(R"({"drum_channel": 17})").pointer == "drum_channel");
}
