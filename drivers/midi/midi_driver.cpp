#include "drivers/midi/midi_driver.hpp"

#include "core/play/driver_keys.hpp"

namespace doodled {
namespace {

midi::Api read_api(DriverKeys& keys) {
  const auto name = keys.text("api", "auto");
  if (name == "alsa") return midi::Api::alsa;
  if (name == "jack") return midi::Api::jack;
  if (name != "auto") keys.complain("api", "api must be auto, alsa or jack");
  return midi::Api::automatic;
}

// Without a key there is a virtual port named after the device, so that any program can connect to it.
Result<std::unique_ptr<Driver>> create(const DeviceSettings& settings, const DeviceProfile& profile) {
  DriverKeys keys(settings);
  midi::PortWish wish;
  wish.api = read_api(keys);
  wish.client_name = "doodled-" + settings.id;
  wish.pattern = keys.text("port", "");
  wish.virtual_name = keys.text("virtual", wish.pattern.empty() ? "out" : "");
  if (!wish.pattern.empty() && !wish.virtual_name.empty())
    keys.complain("virtual", "port and virtual exclude each other");
  if (auto error = keys.error()) return *error;
  return std::unique_ptr<Driver>(
      std::make_unique<MidiDriver>(midi::make_rtmidi_out(std::move(wish)), profile));
}

}  // namespace

const DriverPlugin midi_plugin{"midi", "a MIDI port: ALSA, JACK or a virtual port that others connect to",
                               "generic", &create};

}  // namespace doodled
