// Commands about device profiles and what only an MPC needs.
#include <cstdio>
#include <iostream>

#include "core/play/profile_shelf.hpp"
#include "drivers/mpc/plans.hpp"
#include "drivers/mpc/rebinding.hpp"
#include "server/bundled_profiles.hpp"
#include "server/commands.hpp"
#include "server/files.hpp"

namespace doodled::commands {
namespace {

void print_routes(const DeviceProfile& profile) {
  for (const auto& parameter : all_parameters()) {
    const auto& route = profile.controllers[static_cast<std::size_t>(parameter.parameter)];
    if (route.carrier != Carrier::none)
      std::cout << "  " << parameter.name << ": " << describe(route)
                << (route.source.empty() ? "" : "  [" + route.source + "]") << "\n";
  }
}

bool check_profile(const std::filesystem::path& file, bool quiet) {
  const auto profile = profile_from_file(file);
  if (!profile) {
    report(profile.error());
    return false;
  }
  std::cout << file.string() << ": " << profile->id << " (" << profile->name << ") can be used\n";
  for (const auto& remark : profile_remarks(*profile))
    std::cout << "  " << remark.pointer << " " << remark.message << "\n";
  if (!quiet) print_routes(*profile);
  return true;
}

DeviceProfile mpc_profile(const Settings& settings) {
  return all_profiles(settings.profiles.folder).entries.at("mpc").profile;
}

void print(const mpc::LearnedControls& learned, const std::vector<mpc::Rebinding>& bindings) {
  for (const auto& control : learned.controls) {
    std::cout << control.index << ": controller " << control.controller;
    for (const auto& [index, controller] : bindings)
      if (index == control.index) std::cout << " -> " << controller;
    std::cout << "  " << control.target << "\n";
  }
}

}  // namespace

int profiles(const Settings& settings) {
  const auto shelf = all_profiles(settings.profiles.folder);
  for (const auto& [id, entry] : shelf.entries)
    std::printf("%-28s %-32s %s\n", id.c_str(), entry.profile.name.c_str(), entry.origin.c_str());
  for (const auto& problem : shelf.problems)
    std::fprintf(stderr, "%s: %s\n", problem.pointer.c_str(), problem.message.c_str());
  return shelf.problems.empty() ? done : failed;
}

int check_profiles(const std::vector<std::filesystem::path>& files, bool quiet) {
  bool all_fit = true;
  for (const auto& file : files) all_fit = check_profile(file, quiet) && all_fit;
  return all_fit ? done : failed;
}

int mpc_plan(const Settings& settings, const std::string& plugin) {
  if (plugin.empty()) {
    for (const auto& plan : mpc::plugin_plans()) std::cout << plan.plugin << "\n";
    return done;
  }
  const auto* plan = mpc::find_plan(plugin);
  if (plan == nullptr)
    return report(
        {"unknown_plan", "there is no plan for \"" + plugin + "\"; `doodled mpc plan` lists them", {}},
        misused);
  std::cout << mpc::to_text(*plan, mpc_profile(settings));
  return done;
}

int mpc_map(const Settings& settings, const MpcMapCommand& command) {
  const auto bytes = read_file(command.project, static_cast<std::int64_t>(mpc::largest_project));
  if (!bytes) return report(bytes.error());
  const std::string project(bytes->begin(), bytes->end());
  const auto learned = mpc::read_learned(project, command.controller_key);
  if (!learned) return report(learned.error());
  const auto bindings = mpc::rebindings_from(command.bindings, *learned, mpc_profile(settings));
  const bool nothing = !bindings && bindings.error().code == "nothing_to_map" && command.output.empty();
  if (!bindings && !nothing) return report(bindings.error(), misused);
  print(*learned, nothing ? std::vector<mpc::Rebinding>{} : *bindings);
  if (command.output.empty()) return done;
  const auto mapped = mpc::with_controllers(project, *bindings, command.controller_key);
  if (!mapped) return report(mapped.error());
  const auto written = write_file(command.output, {mapped->begin(), mapped->end()});
  if (!written) return report(written.error());
  return done;
}

}  // namespace doodled::commands
