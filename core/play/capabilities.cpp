#include "core/play/capabilities.hpp"

#include <algorithm>
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
  auto can = plugin.capabilities;
  if (can.has(Capability::osc)) return can;
  if (profile.mpe_members == 0) can = can.without(Capability::mpe);
  if (can.has(Capability::display)) return can;
  const auto carries = [&](Carrier carrier) {
    return std::ranges::any_of(profile.controllers,
                               [&](const auto& route) { return route.carrier == carrier; });
  };
  if (!carries(Carrier::nrpn) && !carries(Carrier::rpn)) can = can.without(Capability::nrpn);
  if (!carries(Carrier::sysex)) can = can.without(Capability::sysex);
  return profile.pad_map == PadMap::general_midi ? can.without(Capability::pads) : can;
}

}  // namespace doodled
