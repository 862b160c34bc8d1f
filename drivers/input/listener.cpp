#include "drivers/input/listener.hpp"

#include "core/play/driver_keys.hpp"
#include "drivers/input/midi_listener.hpp"
#include "drivers/input/udp_listener.hpp"
#include "drivers/midi/port_keys.hpp"

namespace doodled {
namespace {

Error as_input(Error error) {
  error.code = "invalid_input";
  return error;
}

// A MIDI input has the keys of a MIDI device's port.
DeviceSettings as_device(const InputSettings& settings) {
  DeviceSettings device;
  device.id = settings.id;
  device.json = settings.json;
  return device;
}

}  // namespace

Result<std::unique_ptr<Listener>> listen_to(const InputSettings& settings, Received received) {
  const auto device = as_device(settings);
  DriverKeys keys(device);
  if (settings.kind == "midi") {
    auto wish = midi::read_port_wish(keys, device);
    if (wish.virtual_name == "out") wish.virtual_name = "in";
    if (auto error = keys.error()) return as_input(*error);
    return listen_to_midi(settings.id, std::move(wish), std::move(received));
  }
  if (settings.kind != "osc")
    return Error{"invalid_input", "an input's kind is midi or osc", {{"kind", "is neither midi nor osc"}}};
  auto host = keys.text("host", osc_input_host);
  const int port = keys.integer("port", osc_input_port, 1, 65535);
  if (auto error = keys.error()) return as_input(*error);
  return listen_to_udp(settings.id, std::move(host), port, std::move(received));
}

}  // namespace doodled
