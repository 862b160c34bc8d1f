#include "server/command_line/command_line.hpp"

#include "core/base/log_tail.hpp"

namespace doodled {
namespace {

constexpr auto* description =
    "doodled turns a drawing, a photograph or a sentence into music, keeps it, and plays it.\n\n"
    "  doodled serve                  start the daemon, then open http://127.0.0.1:8080\n"
    "  doodled read drawing.png       what is in this picture?\n"
    "  doodled compose --prompt '...' what do these words sound like?\n"
    "  doodled render song.json -o song.mid\n"
    "  doodled replay ID              play a stored session again\n"
    "  doodled pair                   let a phone in\n";

}  // namespace

CommandLine::CommandLine() : app(description) {
  app.require_subcommand(1);
  add_reading(*this);
  add_documents(*this);
  add_steering(*this);
  add_devices(*this);
  add_profiles(*this);
  add_access(*this);
  add_keeping(*this);
}

int CommandLine::run(int argc, char** argv) {
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& failure) {
    return app.exit(failure) == 0 ? commands::done : commands::misused;
  }
  try {
    return action_();
  } catch (const std::exception& failure) {
    return commands::report({"failed", failure.what(), {}});
  }
}

void CommandLine::takes_settings(CLI::App& command) {
  command
      .add_option("--config", given.config,
                  "Settings file (TOML); every setting is explained in config/doodled.toml")
      ->check(CLI::ExistingFile);
  command.add_option("--set", given.sets, "One setting, as table.key=value; may be repeated")
      ->allow_extra_args(false);
  command.add_option("--data-dir", given.data_dir, "Where pictures and sessions are kept");
}

Result<Settings> CommandLine::settings() const {
  SettingsSources sources;
  if (!given.config.empty()) sources.file = given.config;
  sources.environment = process_environment();
  sources.sets = given.sets;
  if (!given.listen.empty()) sources.sets.push_back("server.listen=" + given.listen);
  if (!given.data_dir.empty()) sources.sets.push_back("store.data_dir=" + given.data_dir);
  auto settings = load_settings(sources);
  if (settings && settings->store.data_dir.empty()) settings->store.data_dir = default_data_dir();
  return settings;
}

void CommandLine::runs(CLI::App& command, std::function<int(const Settings&)> work, Logging logging) {
  runs_alone(command, [this, work = std::move(work), logging] {
    const auto read = settings();
    if (!read) return commands::report(read.error(), commands::misused);
    log::set_level(logging == Logging::warnings_only ? "warning" : read->log.level);
    return work(*read);
  });
}

void CommandLine::runs_alone(CLI::App& command, std::function<int()> work) {
  command.callback([this, work = std::move(work)] { action_ = work; });
}

}  // namespace doodled
