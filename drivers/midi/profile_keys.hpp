// The keys by which a MIDI device's settings change its profile: `drum_channel` and `channels`.
#pragma once
#include "core/play/driver_keys.hpp"

namespace doodled::midi {

// The profile as the device has it. Complains to `keys`.
DeviceProfile read_channels(DriverKeys& keys, DeviceProfile profile);

}  // namespace doodled::midi
