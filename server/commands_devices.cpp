// Commands about devices: what there is, what has to be set, teaching, silence.
#include <csignal>
#include <cstdio>
#include <iostream>
#include <thread>

#include "core/play/find_driver.hpp"
#include "core/play/teach.hpp"
#include "drivers/registry.hpp"
#include "server/bundled_profiles.hpp"
#include "server/command_rack.hpp"
#include "server/commands.hpp"

namespace doodled::commands {
namespace {

using namespace std::chrono_literals;

volatile std::sig_atomic_t interrupted = 0;

std::string joined(const std::vector<std::string_view>& words) {
  std::string all;
  for (const auto word : words) all += (all.empty() ? "" : ",") + std::string(word);
  return all;
}

Result<std::vector<Parameter>> parameters_of(const std::vector<std::string>& names) {
  std::vector<Parameter> parameters;
  for (const auto& name : names) {
    const auto parameter = parameter_from_name(name);
    if (!parameter) return Error{"invalid_teach", "there is no parameter \"" + name + "\"", {}};
    parameters.push_back(*parameter);
  }
  return parameters;
}

Result<TeachPlan> plan_of(const Settings& settings, const DeviceState& device, const TeachCommand& command) {
  auto parameters = parameters_of(command.parameters);
  if (!parameters) return parameters.error();
  const auto shelf = all_profiles(settings.profiles.folder);
  const auto& profile = shelf.entries.at(device.profile).profile;
  return teach_plan({std::move(*parameters), command.seconds, command.rest_seconds, command.channel},
                    profile);
}

void print(const TeachStep& step) {
  std::printf("%-12s %s\n", std::string(info(step.parameter).name).c_str(), step.message.c_str());
  std::fflush(stdout);
}

// Says each step as soon as its rest begins, so that the control can be chosen.
void follow(DeviceRack& rack, const std::string& play_id, const TeachPlan& plan) {
  std::signal(SIGINT, [](int) { interrupted = 1; });
  std::signal(SIGTERM, [](int) { interrupted = 1; });
  const TeachStep* said = nullptr;
  for (auto play = rack.play_state(play_id); play && !is_over(play->status);
       play = rack.play_state(play_id)) {
    const auto* step = step_at(plan, play->tick);
    if (step != nullptr && step != said) print(*step);
    said = step;
    if (interrupted != 0) (void)rack.stop(play_id);
    std::this_thread::sleep_for(20ms);
  }
}

}  // namespace

int devices(const Settings& settings) {
  auto rack = rack_of(settings, nullptr);
  if (!rack) return report(rack.error(), misused);
  wait_until_open(**rack);
  for (const auto& device : (*rack)->devices())
    std::printf("%-16s %-8s %-12s %-9s %-24s %s\n", device.id.c_str(), device.driver.c_str(),
                device.profile.c_str(), std::string(to_string(device.status)).c_str(),
                joined(device.capabilities.names()).c_str(), device.detail.c_str());
  return done;
}

int panic(const Settings& settings, const std::vector<std::string>& devices) {
  auto rack = rack_of(settings, nullptr);
  if (!rack) return report(rack.error(), misused);
  wait_until_open(**rack);
  for (const auto& id : devices)
    if (const auto silent = (*rack)->panic(id); !silent) return report(silent.error(), misused);
  if (devices.empty()) (*rack)->panic_all();
  std::this_thread::sleep_for(100ms);  // the runners' threads send it
  return done;
}

int teach(const Settings& settings, const TeachCommand& command) {
  auto rack = rack_of(settings, nullptr);
  if (!rack) return report(rack.error(), misused);
  wait_until_open(**rack);
  const auto device = (*rack)->device(command.device);
  if (!device) return report(device.error(), misused);
  const auto plan = plan_of(settings, *device, command);
  if (!plan) return report(plan.error(), misused);
  if (command.list) {
    for (const auto& step : plan->steps) print(step);
    return done;
  }
  if (device->status != DeviceStatus::ready) return report({"device_missing", device->detail, {}});
  const auto play = (*rack)->rehearse(command.device, plan->timeline);
  if (!play) return report(play.error());
  follow(**rack, play->id, *plan);
  return done;
}

int setup(const Settings& settings, const std::string& device) {
  for (const auto& one : settings.devices) {
    if (one.id != device) continue;
    const auto* plugin = find_driver(all_drivers(), one.driver);
    if (plugin == nullptr)
      return report({"invalid_device", "there is no driver \"" + one.driver + "\"", {}}, misused);
    for (const auto& step : plugin->setup)
      std::cout << "[ ] " << step.title << (step.verified ? "" : " (not verified)") << "\n    " << step.text
                << "\n";
    return done;
  }
  return report({"unknown_device", "there is no device \"" + device + "\"", {}}, misused);
}

}  // namespace doodled::commands
