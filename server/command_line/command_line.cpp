#include "server/command_line/command_line.hpp"

#include <algorithm>

#include "core/base/log_tail.hpp"

namespace doodled {
namespace {

constexpr auto* data_variable = "DOODLED_STORE_DATA_DIR";

constexpr auto* description =
    "doodled turns a drawing, a photograph or a sentence into music, keeps it, and plays it.\n\n"
    "  doodled serve                  start the daemon, then open http://127.0.0.1:8080\n"
    "  doodled read drawing.png       what is in this picture?\n"
    "  doodled compose --prompt '...' what do these words sound like?\n"
    "  doodled render song.json -o song.mid\n"
    "  doodled replay ID              play a stored session again\n"
    "  doodled pair                   let a phone in\n";

}  // namespace

CommandLine::CommandLine(PackagedPlaces packaged) : app(description), packaged_(std::move(packaged)) {
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
    const auto refused = refused_place(data_dir_);
    return commands::report(refused ? *refused : Error{"failed", failure.what(), {}});
  }
}

void CommandLine::takes_settings(CLI::App& command) {
  command
      .add_option(
          "--config", given.config,
          "Settings file (TOML), each setting explained in doodled.toml(5). Without it that of "
          "$DOODLED_CONFIG, or, but for serve, that of the packaged service: /etc/doodled/doodled.toml")
      ->check(CLI::ExistingFile);
  command.add_option("--set", given.sets, "One setting, as table.key=value; may be repeated")
      ->allow_extra_args(false);
  command.add_option(
      "--data-dir", given.data_dir,
      "Where pictures and sessions are kept. Without it as the settings say, or where the packaged "
      "service keeps them, or ~/.local/share/doodled");
}

Places CommandLine::places() const {
  const bool set = std::ranges::any_of(
      given.sets, [](const std::string& one) { return one.starts_with("store.data_dir="); });
  return find_places({given.config, set || !given.data_dir.empty() || environment_variable(data_variable),
                      app.got_subcommand("serve"), &environment_variable, packaged_});
}

Result<Settings> CommandLine::settings() const {
  const auto found = places();
  SettingsSources sources;
  sources.file = found.config;
  sources.environment = process_environment();
  sources.sets = given.sets;
  if (!given.listen.empty()) sources.sets.push_back("server.listen=" + given.listen);
  if (!given.data_dir.empty()) sources.sets.push_back("store.data_dir=" + given.data_dir);
  auto settings = load_settings(sources);
  if (!settings) return settings;
  if (settings->store.data_dir.empty()) settings->store.data_dir = found.data_dir;
  find_own_profiles(*settings);
  return settings;
}

void CommandLine::runs(CLI::App& command, std::function<int(const Settings&)> work, Logging logging) {
  runs_alone(command, [this, work = std::move(work), logging] {
    const auto read = settings();
    if (!read) return commands::report(read.error(), commands::misused);
    data_dir_ = read->store.data_dir;
    log::set_level(logging == Logging::warnings_only ? "warning" : read->log.level);
    return work(*read);
  });
}

void CommandLine::runs_alone(CLI::App& command, std::function<int()> work) {
  command.callback([this, work = std::move(work)] { action_ = work; });
}

}  // namespace doodled
