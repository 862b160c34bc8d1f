#include "core/play/capabilities.hpp"

#include <array>

#include "core/play/driver.hpp"

namespace doodled {
namespace {

constexpr std::array<std::string_view, capability_count> capability_names{
    "notes", "mpe", "cc", "nrpn", "sysex", "osc", "pads", "display", "input", "clock"};

}  // namespace

std::string_view to_string(Capability capability) {
  return capability_names[static_cast<std::size_t>(capability)];
}

std::vector<std::string_view> Capabilities::names() const {
  std::vector<std::string_view> all;
  for (int i = 0; i < capability_count; ++i)
    if (has(static_cast<Capability>(i))) all.push_back(capability_names[static_cast<std::size_t>(i)]);
  return all;
}

Capabilities offered(const DriverPlugin& plugin, const DeviceProfile& profile) {
  const bool zones = profile.mpe_members > 0 || plugin.capabilities.has(Capability::osc);
  return zones ? plugin.capabilities : plugin.capabilities.without(Capability::mpe);
}

}  // namespace doodled
