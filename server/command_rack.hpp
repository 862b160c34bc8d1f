// A rack for a command that plays without a daemon.
#pragma once
#include <memory>

#include "core/play/device_rack.hpp"
#include "server/settings.hpp"

namespace doodled::commands {

// With the settings' devices and profiles. `log` may be null.
Result<std::unique_ptr<DeviceRack>> rack_of(const Settings& settings, PlayLogSink* log);
// Devices open on threads of their own; two seconds is what a driver may take.
void wait_until_open(const DeviceRack& rack);

}  // namespace doodled::commands
