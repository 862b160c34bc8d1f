// The keys by which a MIDI driver's port is set: `port` or `virtual`, and `api`.
#pragma once
#include "core/play/driver_keys.hpp"
#include "drivers/midi/port_choice.hpp"

namespace doodled::midi {

// Without a key the port is found by `pattern`; where that is empty too, there is a virtual port `out`, so
// that any program can connect to it. Complains to `keys`.
PortWish read_port_wish(DriverKeys& keys, const DeviceSettings& settings, const std::string& pattern = "");

}  // namespace doodled::midi
