#include "core/play/play.hpp"

#include <array>

#include "core/play/device_rack.hpp"

namespace doodled {
namespace {

constexpr std::array<std::string_view, 4> quantise_names{"none", "step", "beat", "bar"};
constexpr std::array<std::string_view, 5> play_status_names{"waiting", "playing", "finished", "stopped",
                                                            "replaced"};
constexpr std::array<std::string_view, 6> device_status_names{"opening", "ready", "missing",
                                                              "failed",  "stuck", "disabled"};

}  // namespace

std::optional<Quantise> quantise_from(std::string_view name) {
  for (std::size_t i = 0; i < quantise_names.size(); ++i)
    if (quantise_names[i] == name) return static_cast<Quantise>(i);
  return std::nullopt;
}

std::string_view to_string(Quantise quantise) { return quantise_names[static_cast<std::size_t>(quantise)]; }
std::string_view to_string(PlayStatus status) { return play_status_names[static_cast<std::size_t>(status)]; }
std::string_view to_string(DeviceStatus status) {
  return device_status_names[static_cast<std::size_t>(status)];
}

}  // namespace doodled
