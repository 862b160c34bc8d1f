// Any synthesiser with a MIDI input, by its profile.
#include "drivers/midi/midi_driver.hpp"
#include "drivers/midi/port_keys.hpp"

namespace doodled {
namespace {

Result<std::unique_ptr<Driver>> create(const DeviceSettings& settings, const DeviceProfile& profile) {
  DriverKeys keys(settings);
  auto wish = midi::read_port_wish(keys, settings);
  if (auto error = keys.error()) return *error;
  return std::unique_ptr<Driver>(
      std::make_unique<MidiDriver>(midi::make_rtmidi_out(std::move(wish)), profile));
}

}  // namespace

extern const DriverPlugin generic_plugin{
    .name = "generic",
    .summary =
        "any synthesiser by its profile, at a MIDI port: ALSA, JACK or a virtual port that others "
        "connect to",
    .default_profile = "generic",
    .capabilities = {Capability::notes, Capability::mpe, Capability::cc, Capability::pads},
    .create = &create,
    .former_name = "midi"};

}  // namespace doodled
