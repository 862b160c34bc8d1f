#include "server/command_rack.hpp"
#include "server/doctor/finding.hpp"

namespace doodled::doctor {
namespace {

using State = Finding::State;

// What is unplugged is looked for again by the daemon, so it is no failure.
State state_of(DeviceStatus status) {
  if (status == DeviceStatus::ready || status == DeviceStatus::disabled) return State::good;
  return status == DeviceStatus::failed ? State::bad : State::note;
}

Finding finding_of(const DeviceState& device) {
  return {state_of(device.status), "device " + device.id,
          device.driver + ", " + std::string(to_string(device.status)) + (device.detail.empty() ? "" : ": ") +
              device.detail};
}

}  // namespace

Findings look_at_devices(const Settings& settings) {
  const auto rack = commands::rack_of(settings, nullptr);
  if (!rack) return {{State::bad, "devices", rack.error().message}};
  commands::wait_until_open(**rack);
  Findings findings;
  for (const auto& device : (*rack)->devices()) findings.push_back(finding_of(device));
  return findings;
}

}  // namespace doodled::doctor
