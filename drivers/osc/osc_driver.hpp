// OSC over UDP to a Max for Live device or any other listener.
#pragma once
#include "core/play/driver.hpp"

namespace doodled {

extern const DriverPlugin osc_plugin;

}  // namespace doodled
