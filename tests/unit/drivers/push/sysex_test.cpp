// Every expected message here is an example of Ableton's "Push 2 MIDI and Display Interface Manual" 1.1.
#include "drivers/push/surface/sysex.hpp"

#include <doctest/doctest.h>

using namespace doodled;
using namespace doodled::push;

namespace {

Message bytes(const std::string& hex) {
  Message all;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 3)
    all.push_back(static_cast<std::uint8_t>(std::stoi(hex.substr(i, 2), nullptr, 16)));
  return all;
}

}  // namespace

TEST_CASE("commands are those of the manual's examples, to the byte") {
  CHECK(set_midi_mode(MidiMode::user) == bytes("F0 00 21 1D 01 01 0A 01 F7"));
  CHECK(set_palette(125, {{0, 0, 255}, 126}) == bytes("F0 00 21 1D 01 01 03 7D 00 00 00 00 7F 01 7E 00 F7"));
  CHECK(get_palette(125) == bytes("F0 00 21 1D 01 01 04 7D F7"));
  CHECK(reapply_palette() == bytes("F0 00 21 1D 01 01 05 F7"));
  CHECK(set_led_brightness(64) == bytes("F0 00 21 1D 01 01 06 40 F7"));
  CHECK(set_display_brightness(255) == bytes("F0 00 21 1D 01 01 08 7F 01 F7"));
  CHECK(set_aftertouch(Aftertouch::poly) == bytes("F0 00 21 1D 01 01 1E 01 F7"));
  CHECK(set_touch_strip(TouchStrip::pitch_bend) == bytes("F0 00 21 1D 01 01 17 68 F7"));
  CHECK(identity_request() == bytes("F0 7E 7F 06 01 F7"));
}

TEST_CASE("the touch strip's lights are packed as in the manual's example") {
  std::array<std::uint8_t, 31> lights;
  for (std::size_t i = 0; i < lights.size(); ++i) lights[i] = i % 4 == 0 ? 7 : 4;
  CHECK(set_strip_lights(lights) ==
        bytes("F0 00 21 1D 01 01 19 27 24 27 24 27 24 27 24 27 24 27 24 27 24 27 04 F7"));
}

TEST_CASE("a Push says who it is") {
  const auto identity =
      identity_from(bytes("F0 7E 01 06 02 00 21 1D 67 32 02 00 01 00 2F 00 73 4D 1F 08 00 01 F7"));
  REQUIRE(identity);
  CHECK(identity->model == Model::push2);
  CHECK(identity->version() == "1.0.47");
  CHECK(identity->serial == 17295091);
  CHECK(identity->board == 1);

  CHECK_FALSE(identity_from(bytes("F0 7E 01 06 02 47 19 00 67 32 02 00 01 00 2F 00 73 4D 1F 08 00 01 F7")));
  CHECK_FALSE(identity_from(bytes("F0 7E 01 06 02 00 21 1D F7")));
  const auto newer =
      identity_from(bytes("F0 7E 01 06 02 00 21 1D 11 11 02 00 01 00 2F 00 73 4D 1F 08 00 01 F7"));
  REQUIRE(newer);
  CHECK_FALSE(newer->model);
}

TEST_CASE("replies are read back, and others' messages are none") {
  const auto reply = palette_from(bytes("F0 00 21 1D 01 01 04 7D 00 00 00 00 7F 01 7E 00 F7"));
  REQUIRE(reply);
  CHECK(reply->index == 125);
  CHECK(reply->entry == PaletteEntry{{0, 0, 255}, 126});
  CHECK(midi_mode_from(bytes("F0 00 21 1D 01 01 0A 01 F7")) == MidiMode::user);
  CHECK_FALSE(midi_mode_from(bytes("F0 00 21 1D 01 01 0A 05 F7")));
  CHECK_FALSE(palette_from(bytes("F0 00 21 1D 01 01 04 7D F7")));
  CHECK_FALSE(palette_from(bytes("90 24 7F")));
}

TEST_CASE("ports are told by their names: which Push, and which role") {
  using enum PortRole;
  const auto is = [](const char* name, Model model, PortRole role) {
    return port_named(name) == PortName{model, role};
  };
  CHECK(is("Ableton Push 2:Ableton Push 2 Live Port 28:0", Model::push2, live));
  CHECK(is("Ableton Push 2:Ableton Push 2 User Port 28:1", Model::push2, user));
  CHECK(is("Ableton Push 3:Ableton Push 3 External Port 16:2", Model::push3, external));
  CHECK(is("a2j:Ableton Push 3 [20] (playback): Ableton Push 3 User Port", Model::push3, user));
  CHECK(is("Ableton Push 2:Ableton Push 2 MIDI 1 24:0", Model::push2, live));
  CHECK(is("Ableton Push 2:Ableton Push 2 MIDI 2 24:1", Model::push2, user));
  CHECK(is("Ableton Push 2 20:1", Model::push2, user));
  CHECK(is("Ableton Push 2", Model::push2, live));
  CHECK_FALSE(port_named("Pushkin 2"));
  CHECK_FALSE(port_named("Ableton Push 24"));
  CHECK_FALSE(port_named("MPC One MIDI 1"));
}
