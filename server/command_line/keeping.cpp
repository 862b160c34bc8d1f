#include <cstdio>

#include "server/command_line/command_line.hpp"
#include "server/manual/manual.hpp"
#include "server/version.hpp"

namespace doodled {
namespace {

void add_others(CommandLine& line) {
  auto* doctor = line.app.add_subcommand("doctor",
                                         "Look at every part: disk, database, rights, clock, sound, reader, "
                                         "interpreters, ports, devices; and say "
                                         "what to do");
  auto* audit = line.app.add_subcommand(
      "audit", "Verify the chain over all stored sessions and pictures; names the first that does not fit");
  auto* version = line.app.add_subcommand("version", "Print the version");
  line.takes_settings(*doctor);
  line.takes_settings(*audit);
  line.runs(*doctor, [](const Settings& s) { return commands::doctor(s); });
  line.runs(*audit, [](const Settings& s) { return commands::audit(s); });
  line.runs_alone(*version, [] {
    std::printf("doodled %s\n", std::string(doodled::version).c_str());
    return commands::done;
  });
}

void add_upkeep(CommandLine& line) {
  auto* backup = line.app.add_subcommand(
      "backup", "Write everything that is kept into one file, also while the daemon runs");
  line.takes_settings(*backup);
  backup->add_option("-o,--output", line.given.backup.file,
                     "The .zip file to write; by default one named by the time in upkeep.backup_folder");
  auto* made = line.app.add_subcommand("export",
                                       "Write everything into an archive that import takes on any other box: "
                                       "what backup writes, to a file of your choice");
  line.takes_settings(*made);
  made->add_option("file", line.given.backup.file, "The .zip file to write")->required();
  line.runs(*made, [&line](const Settings& s) { return commands::backup(s, line.given.backup); });
  auto* restore =
      line.app.add_subcommand("restore", "Bring a backup back into an empty data directory, or into a store");
  line.takes_settings(*restore);
  restore->add_option("file", line.given.restore.file, "The backup")->required()->check(CLI::ExistingFile);
  restore->add_flag("--check", line.given.restore.check_only, "Only verify it");
  restore->add_flag("--merge", line.given.restore.merge,
                    "Into a store that is there: add the sessions that it lacks");
  line.runs(*backup, [&line](const Settings& s) { return commands::backup(s, line.given.backup); });
  line.runs(*restore, [&line](const Settings& s) { return commands::restore(s, line.given.restore); });
}

// For those who package doodled; not shown in the help.
void add_manual(CommandLine& line) {
  auto* command = line.app.add_subcommand("manual", "Print a man page or the completion of bash")->group("");
  command->add_option("page", line.given.manual)
      ->required()
      ->check(CLI::IsMember({"doodled.1", "doodled.toml.5", "completion.bash"}));
  line.runs_alone(*command, [&line] {
    const std::string text = line.given.manual == "doodled.1" ? command_page(line.app, version)
                             : line.given.manual == "doodled.toml.5"
                                 ? settings_page(settings_reference(), version)
                                 : bash_completion(line.app);
    return std::fputs(text.c_str(), stdout) >= 0 ? commands::done : commands::failed;
  });
}

}  // namespace

void add_keeping(CommandLine& line) {
  add_upkeep(line);
  add_others(line);
  add_manual(line);
}

}  // namespace doodled
