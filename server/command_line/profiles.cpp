#include "server/command_line/command_line.hpp"

namespace doodled {
namespace {

void add_profile(CommandLine& line) {
  auto* command =
      line.app.add_subcommand("profile", "Device profiles: which message carries which parameter");
  command->require_subcommand(1);
  auto* list = command->add_subcommand("list", "All profiles, those of profiles.folder too");
  line.takes_settings(*list);
  line.runs(*list, [](const Settings& s) { return commands::profiles(s); });
  auto* check =
      command->add_subcommand("check", "Check profiles of your own, and say what becomes of each parameter");
  check->add_option("files", line.given.profiles, "Profiles (.json) and tables of midi.guide (.csv)")
      ->required()
      ->check(CLI::ExistingFile);
  check->add_flag("--quiet", line.given.quiet, "Only what is wrong or doubtful");
  line.runs_alone(*check,
                  [&line] { return commands::check_profiles(line.given.profiles, line.given.quiet); });
}

void add_mpc(CommandLine& line) {
  auto* command =
      line.app.add_subcommand("mpc", "For Akai MPCs: controller plans, and the map of your own project");
  command->require_subcommand(1);
  auto* plan = command->add_subcommand(
      "plan", "Which controller for which control of a plugin: a suggestion to print");
  line.takes_settings(*plan);
  plan->add_option("plugin", line.given.plugin, "Such as TubeSynth; all names when none is given");
  line.runs(*plan, [&line](const Settings& s) { return commands::mpc_plan(s, line.given.plugin); });
  auto* map = command->add_subcommand("map",
                                      "Put doodled's controllers into the MIDI Learn bindings of a project "
                                      "that you saved; nothing else changes");
  line.takes_settings(*map);
  auto& options = line.given.mpc_map;
  map->add_option("project", options.project, "A project of MPC 3 (.xpj)")
      ->required()
      ->check(CLI::ExistingFile);
  map->add_option("-o,--output", options.output,
                  "The .xpj file to write; without it the bindings are listed");
  map->add_option("--bind", options.bindings,
                  "A binding's number and its controller or parameter, such as 0=74 or 0=cutoff; may be "
                  "repeated. Default: "
                  "by the names of their targets")
      ->allow_extra_args(false);
  map->add_option("--controller-key", options.controller_key,
                  "The member of a binding that holds the controller's number, where it is not plain");
  line.runs(*map, [&line](const Settings& s) { return commands::mpc_map(s, line.given.mpc_map); });
}

}  // namespace

void add_profiles(CommandLine& line) {
  add_profile(line);
  add_mpc(line);
}

}  // namespace doodled
