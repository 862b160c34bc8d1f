// Any synthesiser with a MIDI input, by its profile.
#include <array>

#include "drivers/midi/midi_driver.hpp"
#include "drivers/midi/port_keys.hpp"
#include "drivers/midi/profile_keys.hpp"

namespace doodled {
namespace {

Result<std::unique_ptr<Driver>> create(const DeviceSettings& settings, const DeviceProfile& profile) {
  DriverKeys keys(settings);
  auto wish = midi::read_port_wish(keys, settings);
  auto own = midi::read_channels(keys, profile);
  if (auto error = keys.error()) return *error;
  return std::unique_ptr<Driver>(
      std::make_unique<MidiDriver>(midi::make_rtmidi_out(std::move(wish)), std::move(own)));
}

constexpr std::array<SetupStep, 3> setup{
    {{"Port",
      "`doodled devices` lists the ports there are. `port` is a part of the name; without it connect "
      "anything to the port `out` of doodled.",
      true},
     {"Channels",
      "Each track has its own MIDI channel, or that of its role (`channels`); drums have `drum_channel`. "
      "Set the synthesiser to that channel, or to all.",
      true},
     {"Controllers",
      "The profile says which parameter goes where; `GET /api/v1/devices/ID/controllers` lists it. "
      "If the synthesiser learns controllers, `doodled teach ID` moves them one after the other.",
      true}}};

}  // namespace

extern const DriverPlugin generic_plugin{
    .name = "generic",
    .summary =
        "any synthesiser by its profile, at a MIDI port: ALSA, JACK or a virtual port that others "
        "connect to",
    .default_profile = "generic",
    .capabilities = {Capability::notes, Capability::mpe, Capability::cc, Capability::nrpn, Capability::sysex,
                     Capability::pads},
    .create = &create,
    .setup = setup,
    .former_name = "midi"};

}  // namespace doodled
