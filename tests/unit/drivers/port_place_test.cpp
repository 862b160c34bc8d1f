#include "drivers/midi/port_place.hpp"

#include <filesystem>

#include <doctest/doctest.h>

#include "core/base/program.hpp"
#include "drivers/midi/port_choice.hpp"
#include "drivers/midi/port_name.hpp"

using namespace doodled;
namespace fs = std::filesystem;

namespace {

using Names = std::vector<std::string>;

// As Linux lays it out: a card points to what it is plugged into.
void plug(const fs::path& sysfs, int card, const std::string& device) {
  const auto entry = sysfs / "class" / "sound" / ("card" + std::to_string(card));
  fs::create_directories(entry);
  fs::create_symlink("../../../" + device, entry / "device");
}

}  // namespace

TEST_CASE("a port of a USB card is called by its socket too, any other as it was") {
  const ScratchDirectory sysfs(fs::temp_directory_path());
  plug(sysfs.path(), 2, "1-1.2:1.0");
  plug(sysfs.path(), 3, "0000:00:1f.3");
  const auto placed = [&](const char* name) { return midi::placed_name(name, sysfs.path()); };

  CHECK(placed("MPC One:MPC One MIDI 1 24:0") == "MPC One:MPC One MIDI 1 [usb 1-1.2] 24:0");
  CHECK(placed("HDA Intel:HDA MIDI 28:0") == "HDA Intel:HDA MIDI 28:0");
  CHECK(placed("Midi Through:Midi Through Port-0 14:0") == "Midi Through:Midi Through Port-0 14:0");
  CHECK(placed("FLUID Synth:Synth input port 129:0") == "FLUID Synth:Synth input port 129:0");
  CHECK(placed("Groove Box:notes") == "Groove Box:notes");
  CHECK(placed("") == "");
}

TEST_CASE("a card that was plugged in again is another entry") {
  const ScratchDirectory sysfs(fs::temp_directory_path());
  plug(sysfs.path(), 2, "1-1.2:1.0");
  const auto before = midi::card_entry("MPC One:MPC One MIDI 1 24:0", sysfs.path());
  CHECK(before != 0);
  fs::rename(sysfs.path() / "class" / "sound" / "card2", sysfs.path() / "gone");
  CHECK(midi::card_entry("MPC One:MPC One MIDI 1 24:0", sysfs.path()) == 0);
  plug(sysfs.path(), 2, "1-1.2:1.0");
  CHECK(midi::card_entry("MPC One:MPC One MIDI 1 24:0", sysfs.path()) != before);
}

TEST_CASE("a pattern fits a name with its place or without") {
  const auto* name = "MPC One:MPC One MIDI 1 [usb 1-1.2] 24:0";
  CHECK(midi::stable_name(name) == "MPC One:MPC One MIDI 1 [usb 1-1.2]");
  CHECK(midi::placeless_name(name) == "MPC One:MPC One MIDI 1");
  CHECK(midi::name_matches(name, "mpc*midi 1"));
  CHECK(midi::name_matches(name, "mpc*usb 1-1.2?"));
  CHECK(midi::name_matches(name, "[usb 1-1.2]"));
  CHECK_FALSE(midi::name_matches(name, "mpc*usb 1-1.3?"));
}

TEST_CASE(
    "of two units of one name each is found again where it is plugged in, and none is taken for the other") {
  const Names both{"MPC One:MPC One MIDI 1 [usb 1-1.2] 24:0", "MPC One:MPC One MIDI 1 [usb 1-1.3] 28:0"};
  const Names second{both[1]};
  const Names swapped{"MPC One:MPC One MIDI 1 [usb 1-1.3] 24:0", "MPC One:MPC One MIDI 1 [usb 1-1.2] 28:0"};
  const midi::PortWish wish{.pattern = "MPC"};

  CHECK(midi::choose_port(both, wish, "") == 0);
  CHECK(midi::called_alike(both, wish, 0) == 2);
  CHECK_FALSE(midi::choose_port(second, wish, both[0], true));
  CHECK(midi::choose_port(swapped, wish, both[0], true) == 1);
  CHECK(midi::choose_port(both, {.pattern = "MPC*1-1.3*"}, "") == 1);

  INFO("a unit that was alone may move to another socket");
  CHECK(midi::choose_port(second, wish, both[0], false) == 0);
}

TEST_CASE("where a sound system counts units, one that is left is not taken for the one that has gone") {
  const Names both{"MPC One:in", "MPC One-01:in"};
  const midi::PortWish wish{.pattern = "MPC"};

  CHECK(midi::called_alike(both, wish, 1) == 2);
  CHECK_FALSE(midi::choose_port(Names{both[1]}, wish, both[0], true));
  CHECK(midi::choose_port(both, wish, both[0], true) == 0);
  CHECK(midi::choose_port(Names{"MPC One-02:in", "MPC One-03:in"}, wish, both[0], true) == 0);
}
