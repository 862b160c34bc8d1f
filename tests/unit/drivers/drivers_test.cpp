#include <set>

#include <doctest/doctest.h>

#include "drivers/midi/midi_driver.hpp"
#include "drivers/midi/port_name.hpp"
#include "drivers/osc/encoder.hpp"
#include "drivers/registry.hpp"
#include "tests/conformance/exercise_driver.hpp"

using namespace doodled;
using namespace doodled::fakes;

namespace {

struct FakeOut final : midi::MidiOut {
  void open() override {}
  void close() noexcept override {}
  bool alive() const noexcept override { return true; }
  void send(Bytes) override {}
  std::string describe() const override { return "fake"; }
};

Result<std::unique_ptr<Driver>> make(std::string_view name, const char* keys) {
  DeviceSettings settings;
  settings.id = "max";
  settings.json = keys;
  for (const auto* plugin : all_drivers())
    if (plugin->name == name) return plugin->create(settings, generic_profile());
  return Error{"none", "none", {}};
}

std::string hex(const std::vector<std::vector<std::uint8_t>>& packets) {
  std::string all;
  for (const auto& packet : packets) all += (all.empty() ? "" : " ") + to_hex(packet);
  return all;
}

}  // namespace

TEST_CASE("drivers have names of their own and the null driver is among them") {
  std::set<std::string_view> names;
  for (const auto* plugin : all_drivers()) names.insert(plugin->name);

  CHECK(names.size() == all_drivers().size());
  CHECK(names.count("null") == 1);
}

TEST_CASE("every driver keeps the contract") {
  exercise_driver([] { return std::move(*make("null", "{}")); });
  exercise_driver([] { return std::move(*make("osc", R"({"port": 9})")); });
  exercise_driver([]() -> std::unique_ptr<Driver> {
    return std::make_unique<MidiDriver>(std::make_unique<FakeOut>(), generic_profile());
  });
}

TEST_CASE("a driver's own keys are checked by name") {
  const auto pointer = [](std::string_view driver, const char* keys) {
    return make(driver, keys).error().problems.at(0).pointer;
  };

  CHECK(pointer("osc", R"({"port": 70000})") == "port");
  CHECK(pointer("osc", R"({"hots": "x"})") == "hots");
  CHECK(pointer("osc", R"({"compat": 1})") == "compat");
  CHECK(pointer("midi", R"({"api": "coreaudio"})") == "api");
  CHECK(pointer("midi", R"({"port": "a", "virtual": "b"})") == "virtual");
  CHECK(pointer("null", R"({"port": 1})") == "port");
}

TEST_CASE("ports are matched by the stable part of their name") {
  using midi::name_matches;
  CHECK(midi::stable_name("MPC One:MPC One MIDI 1 24:0") == "MPC One:MPC One MIDI 1");
  CHECK(midi::stable_name("Synth:in") == "Synth:in");
  CHECK(name_matches("MPC One:MPC One MIDI 1 24:0", "mpc one midi 1"));
  CHECK(name_matches("MPC One:MPC One MIDI 1 24:0", "mpc*midi ?"));
  CHECK_FALSE(name_matches("MPC One:MPC One MIDI 1 24:0", "24:0"));
  CHECK_FALSE(name_matches("MPC One:MPC One MIDI 1 24:0", "mpc*midi 2"));
}

TEST_CASE("notes outside a device's range move by octaves, and one too many ends the oldest") {
  DeviceProfile profile = generic_profile();
  profile.lowest_note = 48;
  profile.polyphony = 1;
  MidiDriver driver(std::make_unique<FakeOut>(), profile);
  const auto timeline = timeline_of({{0, 480, 36}, {240, 480, 60}});

  CHECK(hex(encode_all(driver, *timeline)) == "903064 803040 903c64 803040 803c40");
}

TEST_CASE("OSC messages are those that are promised") {
  auto driver = std::move(*make("osc", R"({"compat": false})"));
  const auto timeline = timeline_of({{0, 240, 60}});

  const auto packets = encode_all(*driver, *timeline);

  REQUIRE(packets.size() == 3);
  CHECK(std::string(packets[0].begin(), packets[0].end()) ==
        std::string("/doodled/session\0\0\0\0,i\0\0\0\0\0\1", 28));
  CHECK(std::string(packets[2].begin(), packets[2].end()) ==
        std::string("/doodled/note\0\0\0,iiiii\0\0\0\0\0\0\0\0\0\0\0\0\0\x3c\0\0\0\x64\0\0\0\xf0", 44));
}

TEST_CASE("a note that is cut short is taken back with velocity 0") {
  auto driver = std::move(*make("osc", R"({"compat": false})"));
  driver->prepare(*timeline_of({{0, 240, 60}}));
  Packets packets;
  driver->encode({0, 0, NoteOn{60, 100, 240}}, packets);
  driver->encode({100, 0, NoteOff{60}}, packets);

  REQUIRE(packets.size() == 2);
  CHECK(packets[1].size() == 44);
}

TEST_CASE("the step matrix is the idea document's JSON in one datagram") {
  const auto json = osc_out::step_matrix(*timeline_of({{0, 240, 60}, {500, 240, 127}}));

  CHECK(json.rfind(R"({"midi_sequence":[{"step":0,"note":60,"velocity":100,"active":true},)", 0) == 0);
  CHECK(json.find(R"({"step":2,"note":127,"velocity":100,"active":true})") != std::string::npos);
  CHECK(json.size() <= 1000);
}
