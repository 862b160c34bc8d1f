#include "drivers/registry.hpp"

#include <array>

#include "drivers/midi/midi_driver.hpp"
#include "drivers/null/null_driver.hpp"
#include "drivers/osc/osc_driver.hpp"

namespace doodled {

std::span<const DriverPlugin* const> all_drivers() {
  static constexpr std::array<const DriverPlugin*, 3> drivers{&null_plugin, &midi_plugin, &osc_plugin};
  return drivers;
}

}  // namespace doodled
