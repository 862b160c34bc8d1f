// How fine a device takes what moves: by its settings, by what carries it, and by its profile. Pure.
#pragma once
#include "core/play/driver.hpp"
#include "core/play/streams.hpp"

namespace doodled {

// OSC takes what it is given, 250 values a second where the settings do not say. Over MIDI it is 100, never
// more than the profile's `changes_per_second`, and 400 messages a second for all lanes together: a DIN cable
// carries some thousand, and notes come first. Other devices get none that the settings do not ask for.
StreamLimits stream_limits(const DeviceSettings& settings, const Capabilities& capabilities,
                           const DeviceProfile& profile);

// How many three-byte messages a change of the parameter takes at most; 0: it is not sent over MIDI, or waits
// its turn by `sysex_gap_ms`.
int messages_of(const ParameterRoute& route, int sysex_gap_ms = 0);

}  // namespace doodled
