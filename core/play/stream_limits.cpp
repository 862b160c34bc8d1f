#include "core/play/stream_limits.hpp"

#include <algorithm>

namespace doodled {
namespace {

constexpr double osc_hz = 250, midi_hz = 100, midi_total_hz = 400;

StreamLimits midi_limits(double wanted_hz, const DeviceProfile& profile) {
  StreamLimits limits{wanted_hz, midi_total_hz};
  if (profile.changes_per_second > 0)
    limits.values_hz = std::min(wanted_hz, static_cast<double>(profile.changes_per_second));
  std::ranges::transform(profile.controllers, limits.messages.begin(), [&](const ParameterRoute& route) {
    return static_cast<std::uint8_t>(messages_of(route, profile.sysex_gap_ms));
  });
  return limits;
}

}  // namespace

int messages_of(const ParameterRoute& route, int sysex_gap_ms) {
  switch (route.carrier) {
    case Carrier::none:
    case Carrier::osc:
      return 0;
    case Carrier::controller:
      return route.fine ? 2 : 1;
    case Carrier::pitch_bend:
      return 1;
    case Carrier::rpn:
    case Carrier::nrpn:
      return route.fine ? 6 : 5;
    case Carrier::sysex:
      return sysex_gap_ms > 0 ? 0 : static_cast<int>((route.sysex->size() + 2) / 3);
  }
  return 1;
}

StreamLimits stream_limits(const DeviceSettings& settings, const Capabilities& capabilities,
                           const DeviceProfile& profile) {
  if (capabilities.has(Capability::osc)) return {settings.stream_hz.value_or(osc_hz), 1e9};
  if (capabilities.has(Capability::cc)) return midi_limits(settings.stream_hz.value_or(midi_hz), profile);
  return {settings.stream_hz.value_or(0), 1e9};
}

}  // namespace doodled
