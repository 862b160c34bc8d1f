#include "server/command_rack.hpp"

#include <algorithm>
#include <thread>

#include "drivers/registry.hpp"
#include "server/bundled_profiles.hpp"

namespace doodled::commands {
namespace {

bool any_opening(const DeviceRack& rack) {
  const auto devices = rack.devices();
  return std::ranges::any_of(devices,
                             [](const auto& device) { return device.status == DeviceStatus::opening; });
}

}  // namespace

Result<std::unique_ptr<DeviceRack>> rack_of(const Settings& settings, PlayLogSink* log) {
  RackConfig config;
  config.devices = settings.devices;
  config.profiles = all_profiles(settings.profiles.folder).profiles();
  config.drivers = all_drivers();
  config.log = log;
  config.realtime = settings.play.realtime;
  return DeviceRack::make(std::move(config));
}

void wait_until_open(const DeviceRack& rack) {
  for (int i = 0; i < 50 && any_opening(rack); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds{50});
}

}  // namespace doodled::commands
