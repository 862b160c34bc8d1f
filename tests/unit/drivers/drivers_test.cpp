#include <set>

#include <doctest/doctest.h>

#include "drivers/midi/midi_driver.hpp"
#include "drivers/midi/port_choice.hpp"
#include "drivers/midi/port_name.hpp"
#include "drivers/osc/encoder.hpp"
#include "drivers/registry.hpp"
#include "tests/conformance/exercise_driver.hpp"
#include "tests/fakes/midi_ports.hpp"

using namespace doodled;
using namespace doodled::fakes;

namespace {

Result<std::unique_ptr<Driver>> make(std::string_view name, const char* keys) {
  DeviceSettings settings;
  settings.id = "max";
  settings.json = keys;
  for (const auto* plugin : all_drivers())
    if (plugin->name == name || plugin->former_name == name)
      return plugin->create(settings, generic_profile());
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

TEST_CASE("every driver says what it can do, and MPE depends on the profile") {
  auto profile = generic_profile();
  for (const auto* plugin : all_drivers()) {
    INFO(plugin->name);
    CHECK_FALSE(plugin->capabilities.names().empty());
    CHECK_FALSE(plugin->summary.empty());
    CHECK(plugin->setup.empty() == (plugin->name == "null"));
    if (plugin->name != "generic") continue;
    CHECK_FALSE(offered(*plugin, profile).has(Capability::mpe));
    profile.mpe_members = 8;
    CHECK(offered(*plugin, profile).has(Capability::mpe));
    CHECK(offered(*plugin, profile).names() == std::vector<std::string_view>{"notes", "mpe", "cc"});
  }
}

TEST_CASE("every driver keeps the contract") {
  exercise_driver([] { return std::move(*make("null", "{}")); });
  exercise_driver([] { return std::move(*make("osc", R"({"port": 9})")); });
  exercise_driver([]() -> std::unique_ptr<Driver> {
    return std::make_unique<MidiDriver>(std::make_unique<SilentOut>(), generic_profile());
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
  CHECK(pointer("mpc", R"({"pad_map": "square"})") == "pad_map");
  CHECK(pointer("mpc", R"({"drum_channel": 0})") == "drum_channel");
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

TEST_CASE("a port is chosen by pattern and role, and private ones are passed over") {
  using midi::choose_port;
  const std::vector<std::string> push{"Midi Through:Midi Through Port-0 14:0",
                                      "Ableton Push 2:Ableton Push 2 Live Port 28:0",
                                      "Ableton Push 2:Ableton Push 2 User Port 28:1"};
  midi::PortWish user{.pattern = "push", .roles = {"Live Port", "User Port", "External Port"}, .role = 1};
  CHECK(choose_port(push, user, "") == 2);
  user.role = 2;
  CHECK_FALSE(choose_port(push, user, ""));

  INFO("names without the words: the ports count in their order");
  const std::vector<std::string> older{"Ableton Push 2:0 28:0", "Ableton Push 2:1 28:1"};
  user.role = 1;
  CHECK(choose_port(older, user, "") == 1);
  user.role = 2;
  CHECK_FALSE(choose_port(older, user, ""));

  const std::vector<std::string> mpc{"doodled-mpc:out", "MPC Touch:MPC Touch Private 24:1",
                                     "MPC Touch:MPC Touch MIDI 1 24:0"};
  CHECK(choose_port(mpc, {.pattern = "mpc", .never = {"Private"}}, "") == 2);
  CHECK_FALSE(choose_port(std::vector<std::string>{mpc[1]}, {.pattern = "mpc", .never = {"Private"}}, ""));
}

TEST_CASE("a port is found again under another number and another name") {
  using midi::choose_port;
  const midi::PortWish wish{.pattern = "synth"};
  const std::vector<std::string> names{"synth B:in 20:0", "synth A:in 31:0"};

  CHECK(choose_port(names, wish, "") == 0);
  CHECK(choose_port(names, wish, "synth A:in 24:0") == 1);
  CHECK(choose_port(std::vector<std::string>{"synth B:in", "synth A-01:in"}, wish, "synth A:in") == 1);
  CHECK(choose_port(std::vector<std::string>{"synth B:in", "synth A_1:in 40:0"}, wish, "synth A:in 24:0") ==
        1);
  CHECK(choose_port(std::vector<std::string>{"Synth C:in"}, wish, "synth A:in") == 0);
  CHECK(midi::uncounted_name("MPC One_1:MPC One MIDI 1 24:0") == "mpc one:mpc one midi 1");
  CHECK_FALSE(midi::contains_word("Ableton Push 2 Live Portal", "Live Port"));
}

TEST_CASE("notes outside a device's range move by octaves, and one too many ends the oldest") {
  DeviceProfile profile = generic_profile();
  profile.lowest_note = 48;
  profile.polyphony = 1;
  MidiDriver driver(std::make_unique<SilentOut>(), profile);
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
