// The settings of a device of kind `push`.
#pragma once
#include "core/play/driver.hpp"
#include "drivers/midi/port_choice.hpp"
#include "drivers/push/surface.hpp"

namespace doodled::push {

struct PushKeys {
  midi::PortWish sound;         // never a port of the surface
  DeviceProfile profile;        // of the sound
  bool surface = true;          // pads, buttons, encoders
  midi::PortWish surface_port;  // the User port
  SurfaceOptions surface_options;
  bool display = true;
  DisplayOptions display_options;
};

// model ("auto", "2", "3"); sound ("live", "external"), port or virtual, api; surface, surface_port,
// brightness (0..127), aftertouch ("channel", "poly", "mpe"), button_<name> (0..127); display,
// display_brightness (0..255), fps (1..60); drum_channel, channels. Errors name the key.
Result<PushKeys> read_push_keys(const DeviceSettings& settings, const DeviceProfile& profile = {});

}  // namespace doodled::push
