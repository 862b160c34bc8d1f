#pragma once
#include <span>
#include <string_view>

#include "core/play/driver.hpp"

namespace doodled {

// By its name or the one it had; null when there is none.
inline const DriverPlugin* find_driver(std::span<const DriverPlugin* const> drivers, std::string_view name) {
  for (const auto* plugin : drivers)
    if (!name.empty() && (plugin->name == name || plugin->former_name == name)) return plugin;
  return nullptr;
}

}  // namespace doodled
