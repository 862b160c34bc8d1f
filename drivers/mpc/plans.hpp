// Which controller is a good one for which control of the MPC's own plugin instruments. Suggestions: an MPC
// has no fixed controllers; these are what a user teaches it by MIDI Learn so that sessions reach those
// controls.
#pragma once
#include <span>
#include <string>
#include <string_view>

#include "core/play/device_profile.hpp"

namespace doodled::mpc {

struct PlannedControl {
  Parameter parameter;
  std::string_view control;  // as the plugin's screen most likely calls it
};

struct PluginPlan {
  std::string_view plugin;
  std::span<const PlannedControl> controls;
};

std::span<const PluginPlan> plugin_plans();
// Case and spaces do not matter; null when there is none.
const PluginPlan* find_plan(std::string_view plugin);
// The plan as a table to print: parameter, message by the profile, control; headed as a suggestion.
std::string to_text(const PluginPlan& plan, const DeviceProfile& profile);

}  // namespace doodled::mpc
