// Which note stands for a drum on a device's pads. Pure.
#pragma once
#include <vector>

#include "core/music/session.hpp"
#include "core/play/device_profile.hpp"

namespace doodled {

// The note that stands for a General MIDI drum note on the device's pads. `pads` say on which pad the session
// wants it; without an entry it goes where the layout has it by itself.
int pad_note(int pitch, const std::vector<Pad>& pads, const DeviceProfile& profile);

}  // namespace doodled
