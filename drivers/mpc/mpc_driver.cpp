// An Akai MPC at its own USB port or at a MIDI interface: pads by its layout, controllers for MIDI Learn.
#include "drivers/midi/midi_driver.hpp"
#include "drivers/midi/port_keys.hpp"
#include "drivers/midi/profile_keys.hpp"
#include "drivers/mpc/setup.hpp"

namespace doodled {
namespace {

// A unit's private port belongs to its own controller board.
midi::PortWish port_wish(DriverKeys& keys, const DeviceSettings& settings) {
  auto wish = midi::read_port_wish(keys, settings, "MPC");
  wish.never = {"Private"};
  return wish;
}

// Programs carry their own pad layout, which nobody outside can ask for; so it is said for the device.
void read_pad_map(DriverKeys& keys, DeviceProfile& profile) {
  const auto name = keys.text("pad_map", std::string(to_string(profile.pad_map)));
  for (const auto map : {PadMap::general_midi, PadMap::chromatic_c1, PadMap::chromatic_c_minus_2,
                         PadMap::classic, PadMap::custom})
    if (name == to_string(map)) {
      profile.pad_map = map;
      return;
    }
  keys.complain("pad_map",
                "pad_map must be chromatic_c1, chromatic_c_minus_2, classic, general_midi or custom");
}

Result<std::unique_ptr<Driver>> create(const DeviceSettings& settings, const DeviceProfile& profile) {
  DriverKeys keys(settings);
  auto wish = port_wish(keys, settings);
  auto own = midi::read_channels(keys, profile);
  read_pad_map(keys, own);
  if (auto error = keys.error()) return *error;
  return std::unique_ptr<Driver>(
      std::make_unique<MidiDriver>(midi::make_rtmidi_out(std::move(wish)), std::move(own)));
}

}  // namespace

extern const DriverPlugin mpc_plugin{.name = "mpc",
                                     .summary = "an Akai MPC: pads by its layout, controllers that it learns",
                                     .default_profile = "mpc",
                                     .capabilities = {Capability::notes, Capability::cc, Capability::nrpn,
                                                      Capability::sysex, Capability::pads},
                                     .create = &create,
                                     .setup = mpc::setup_steps()};

}  // namespace doodled
