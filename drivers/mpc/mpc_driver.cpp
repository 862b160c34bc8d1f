// An Akai MPC at its own USB port or at a MIDI interface: pads by its layout, controllers for MIDI Learn.
#include "drivers/midi/midi_driver.hpp"
#include "drivers/midi/port_keys.hpp"

namespace doodled {
namespace {

// A unit's private port is for its own controller board, and the one with the lowest number for tracks.
midi::PortWish port_wish(DriverKeys& keys, const DeviceSettings& settings) {
  auto wish = midi::read_port_wish(keys, settings, "MPC");
  wish.never = {"Private"};
  return wish;
}

Result<std::unique_ptr<Driver>> create(const DeviceSettings& settings, const DeviceProfile& profile) {
  DriverKeys keys(settings);
  auto wish = port_wish(keys, settings);
  if (auto error = keys.error()) return *error;
  return std::unique_ptr<Driver>(
      std::make_unique<MidiDriver>(midi::make_rtmidi_out(std::move(wish)), profile));
}

}  // namespace

extern const DriverPlugin mpc_plugin{.name = "mpc",
                                     .summary = "an Akai MPC: pads by its layout, controllers that it learns",
                                     .default_profile = "mpc",
                                     .capabilities = {Capability::notes, Capability::cc, Capability::pads},
                                     .create = &create};

}  // namespace doodled
