#include <cstdio>

#include <CLI/CLI.hpp>

#include "core/base/log_tail.hpp"
#include "core/files/export.hpp"
#include "server/commands.hpp"
#include "server/manual/manual.hpp"
#include "server/version.hpp"

namespace {

using namespace doodled;

// What every command takes. Pointers into it live as long as the parse.
struct Given {
  std::filesystem::path config;
  std::vector<std::string> sets;
  std::string listen, data_dir;
  ServeOptions serve;
  commands::ReadOptions read;
  commands::ComposeCommand compose;
  commands::CompileOptions compile;
  commands::CheckOptions check;
  commands::VaryOptions vary;
  commands::TuneOptions tune;
  commands::DiffOptions diff;
  commands::RenderOptions render;
  commands::ImportOptions import;
  commands::ReplayOptions replay;
  commands::BackupOptions backup;
  commands::RestoreOptions restore;
  commands::LearnOptions learn;
  std::string manual;
  std::vector<std::string> panic;
  commands::TeachCommand teach;
  std::string setup, plugin;
  std::vector<std::filesystem::path> profiles;
  bool quiet = false;
  commands::MpcMapCommand mpc_map;
};

void add_settings(CLI::App& command, Given& given) {
  command
      .add_option("--config", given.config,
                  "Settings file (TOML); every setting is explained in config/doodled.toml")
      ->check(CLI::ExistingFile);
  command.add_option("--set", given.sets, "One setting, as table.key=value; may be repeated")
      ->allow_extra_args(false);
  command.add_option("--data-dir", given.data_dir, "Where pictures and sessions are kept");
}

Result<Settings> settings_of(const Given& given) {
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

// Commands that print their result keep the log to what went wrong.
int with_settings(const Given& given, bool quiet, const std::function<int(const Settings&)>& command) {
  const auto settings = settings_of(given);
  if (!settings) return commands::report(settings.error(), commands::misused);
  log::set_level(quiet ? "warning" : settings->log.level);
  return command(*settings);
}

using Action = std::function<int()>;

void add_serve(CLI::App& app, Given& given, Action& action) {
  auto* command = app.add_subcommand("serve", "Run the daemon: the page, the API, the queue and the player");
  add_settings(*command, given);
  command->add_option("--listen", given.listen, "Address and port, such as 127.0.0.1:8080 or 0.0.0.0:8080");
  command->add_option("--example", given.serve.example, "Picture to read first when nothing is stored yet");
  command->add_option("--play", given.serve.picture, "Picture to read and play at start");
  command->callback([&] {
    action = [&] {
      given.serve.load_settings = [&] { return settings_of(given); };
      return with_settings(given, false, [&](const Settings& s) { return commands::serve(s, given.serve); });
    };
  });
}

void add_music_options(CLI::App& command, std::vector<std::string>& options) {
  command
      .add_option("-O,--option", options,
                  "key='E minor', scale=dorian, tempo=92, meter=7/8, bars=8, parts=drums,bass, density=0.3,\n"
                  "swing=58, style=techno, device=mpc or seed=7; may be repeated")
      ->allow_extra_args(false);
}

void add_compose(CLI::App& app, Given& given, Action& action) {
  auto* command = app.add_subcommand(
      "compose", "Make music of words alone; nothing is stored. Prints the session document");
  command
      ->add_option("--prompt", given.compose.prompt,
                   "Such as 'slow dark ambient in D minor, 84 bpm, no drums'")
      ->required();
  add_music_options(*command, given.compose.options);
  command->callback([&] { action = [&] { return commands::compose(given.compose); }; });
}

void add_read(CLI::App& app, Given& given, Action& action) {
  auto* command =
      app.add_subcommand("read",
                         "Say what a picture holds and the music it makes; nothing is stored.\nPrints one "
                         "JSON object a file: {kind, confidence, reading, document}");
  add_settings(*command, given);
  command->add_option("files", given.read.files, "Pictures")->required();
  command
      ->add_option("--mode", given.read.mode, "auto, doodle, lfo, photo, macros, mpc, arrangement or prompt")
      ->capture_default_str();
  command->add_option("--prompt", given.read.prompt, "What to make of it, in words");
  add_music_options(*command, given.read.options);
  command->callback([&] {
    action = [&] {
      return with_settings(given, true, [&](const Settings& s) { return commands::read(s, given.read); });
    };
  });
}

void add_documents(CLI::App& app, Given& given, Action& action) {
  auto* compile = app.add_subcommand("compile", "Print the timeline of a session: one event a line");
  add_settings(*compile, given);
  compile
      ->add_option("session", given.compile.document,
                   "A session document (file, or - for stdin), or the id of a stored session")
      ->required();
  compile->add_option("--profile", given.compile.profile,
                      "Notes are named as this device names them: mpc, live, ...");
  compile->callback([&] {
    action = [&] {
      return with_settings(given, true,
                           [&](const Settings& s) { return commands::compile(s, given.compile); });
    };
  });
}

std::string render_help() {
  std::string help = "Formats:\n";
  for (const auto& format : export_formats())
    help += "  " + std::string(format.name) + ": " + std::string(format.summary) + "\n";
  help += "\nOptions of formats, for -O:\n";
  for (const auto& row : export_option_rows())
    help += "  " + std::string(row.name) + " (" + std::string(row.values) +
            "): " + std::string(row.explanation) + "\n";
  return help;
}

void add_render(CLI::App& app, Given& given, Action& action) {
  auto* command = app.add_subcommand("render", "Write a session as a file of another program");
  command->footer(render_help());
  add_settings(*command, given);
  command
      ->add_option(
          "session", given.render.document,
          "A session document, a .mid or a .mpcpattern (file, or - for stdin), or the id of a stored "
          "session")
      ->required();
  command->add_option("-o,--output", given.render.output, "The file to write")->required();
  command->add_option("--format", given.render.format, "Its format, where its ending does not say it");
  command->add_option("-O,--option", given.render.options, "name=value for the format; may be repeated")
      ->allow_extra_args(false);
  command->callback([&] {
    action = [&] {
      return with_settings(given, true, [&](const Settings& s) { return commands::render(s, given.render); });
    };
  });
}

void add_import(CLI::App& app, Given& given, Action& action) {
  auto* command = app.add_subcommand("import", "Make a session of a .mid, a .mpcpattern or a JSON document");
  add_settings(*command, given);
  command->add_option("file", given.import.file, "The file, or - for stdin")->required();
  command->add_flag("--store", given.import.store, "Store it and print its id, instead of the document");
  command->callback([&] {
    action = [&] {
      return with_settings(given, true, [&](const Settings& s) { return commands::import(s, given.import); });
    };
  });
}

constexpr auto* session_help = "A session document (file, or - for stdin), or the id of a stored session";

void add_check(CLI::App& app, Given& given, Action& action) {
  auto* command = app.add_subcommand(
      "check", "Check a session document against the schema and the rules; nothing is stored");
  add_settings(*command, given);
  command->add_option("session", given.check.document, session_help)->required();
  command->add_flag("--taste", given.check.taste, "Rules of taste too, as for what a picture became");
  command->add_option("--profile", given.check.profile, "Within what this device can play: mpc, live, ...");
  command->callback([&] {
    action = [&] {
      return with_settings(given, true, [&](const Settings& s) { return commands::check(s, given.check); });
    };
  });
}

void add_vary(CLI::App& app, Given& given, Action& action) {
  auto* command = app.add_subcommand(
      "vary",
      "Make variations of a session by seed. Those of a stored session are stored with it as parent,\n"
      "those of a document are printed, one a line");
  add_settings(*command, given);
  auto& options = given.vary;
  command->add_option("session", options.session, session_help)->required();
  command
      ->add_option("--op", options.operations,
                   "An operation, such as mutate:steps=2,part=/tracks/0 or swing:percent=58; may be "
                   "repeated. Default: mutate")
      ->allow_extra_args(false);
  command
      ->add_option("--lock", options.locks,
                   "JSON Pointer of a part that stays, such as /tracks/1; may be repeated")
      ->allow_extra_args(false);
  command->add_option("--seed", options.seed, "The first candidate's; the next has one more")
      ->capture_default_str();
  command->add_option("--count", options.count, "Candidates, 1 to 16")->capture_default_str();
  command->callback([&] {
    action = [&] {
      return with_settings(given, true, [&](const Settings& s) { return commands::vary(s, given.vary); });
    };
  });
}

void add_tune(CLI::App& app, Given& given, Action& action) {
  auto* command = app.add_subcommand(
      "tune",
      "Tune a session by a Scala scale file (.scl). A stored session is stored with the first as parent,\n"
      "a document is printed");
  add_settings(*command, given);
  command->add_option("session", given.tune.session, session_help)->required();
  command->add_option("file", given.tune.file, "The Scala file")->required()->check(CLI::ExistingFile);
  command->add_option("--root", given.tune.root, "MIDI note of degree 0, which keeps its pitch")
      ->check(CLI::Range(0, 127))
      ->capture_default_str();
  command->callback([&] {
    action = [&] {
      return with_settings(given, true, [&](const Settings& s) { return commands::tune(s, given.tune); });
    };
  });
}

void add_diff(CLI::App& app, Given& given, Action& action) {
  auto* command = app.add_subcommand("diff", "Say what is different between two sessions");
  add_settings(*command, given);
  command->add_option("first", given.diff.first, session_help)->required();
  command->add_option("other", given.diff.other, session_help)->required();
  command->add_flag("--json", given.diff.json, "Every change with its JSON Pointer, old and new value");
  command->callback([&] {
    action = [&] {
      return with_settings(given, true, [&](const Settings& s) { return commands::diff(s, given.diff); });
    };
  });
}

void add_replay(CLI::App& app, Given& given, Action& action) {
  auto* command = app.add_subcommand(
      "replay", "Play a stored session again: the same bytes at the same ticks, without any interpreter");
  add_settings(*command, given);
  command->add_option("session", given.replay.session_id, "The session's id")->required();
  command->add_option("--device", given.replay.devices,
                      "Where to play; may be repeated. All enabled devices when none is named");
  command->add_option("--loops", given.replay.loops, "How often; 0 until stopped")
      ->check(CLI::Range(0, 100000))
      ->capture_default_str();
  command->callback([&] {
    action = [&] {
      return with_settings(given, true, [&](const Settings& s) { return commands::replay(s, given.replay); });
    };
  });
}

void add_learn(CLI::App& app, Given& given, Action& action) {
  auto* command = app.add_subcommand(
      "learn", "Bind the next knob, key or OSC address that moves to an action of the running daemon");
  add_settings(*command, given);
  auto& options = given.learn;
  command->add_option("--listen", given.listen, "Where the daemon listens, such as 127.0.0.1:8080");
  command->add_option("action", options.action, "Such as macro-1, variation or play")->required();
  command->add_option("--text", options.text,
                      "A session's id or a parameter's name, where the action takes one");
  command->add_option("--seconds", options.seconds, "How long to wait")
      ->check(CLI::Range(1.0, 600.0))
      ->capture_default_str();
  command->add_flag("--jump", options.jump, "The macro jumps to the knob instead of waiting to be picked up");
  command->add_flag("--relative", options.relative, "An endless encoder: 1 up, 127 down");
  command->callback([&] {
    action = [&] {
      return with_settings(given, true, [&](const Settings& s) { return commands::learn(s, given.learn); });
    };
  });
}

void add_teach(CLI::App& app, Given& given, Action& action) {
  auto* command = app.add_subcommand(
      "teach",
      "For a device that learns controllers: move one after the other, slowly, with a rest before each.\n"
      "Touch the control on the device and press its learn button while it moves");
  add_settings(*command, given);
  auto& options = given.teach;
  command->add_option("device", options.device, "The device's id")->required();
  command
      ->add_option(
          "--parameter", options.parameters,
          "Which, such as cutoff or macro_1; may be repeated. All that the profile sends when none is named")
      ->allow_extra_args(false);
  command->add_option("--seconds", options.seconds, "How long each moves")->capture_default_str();
  command->add_option("--rest", options.rest_seconds, "Seconds before each")->capture_default_str();
  command->add_option("--channel", options.channel, "MIDI channel")->capture_default_str();
  command->add_flag("--list", options.list, "Print what would be moved");
  command->callback([&] {
    action = [&] {
      return with_settings(given, true, [&](const Settings& s) { return commands::teach(s, given.teach); });
    };
  });
}

void add_profile(CLI::App& app, Given& given, Action& action) {
  auto* command = app.add_subcommand("profile", "Device profiles: which message carries which parameter");
  command->require_subcommand(1);
  auto* list = command->add_subcommand("list", "All profiles, those of profiles.folder too");
  add_settings(*list, given);
  list->callback([&] {
    action = [&] {
      return with_settings(given, true, [](const Settings& s) { return commands::profiles(s); });
    };
  });
  auto* check =
      command->add_subcommand("check", "Check profiles of your own, and say what becomes of each parameter");
  check->add_option("files", given.profiles, "Profiles (.json) and tables of midi.guide (.csv)")
      ->required()
      ->check(CLI::ExistingFile);
  check->add_flag("--quiet", given.quiet, "Only what is wrong or doubtful");
  check->callback([&] { action = [&] { return commands::check_profiles(given.profiles, given.quiet); }; });
}

void add_mpc(CLI::App& app, Given& given, Action& action) {
  auto* command =
      app.add_subcommand("mpc", "For Akai MPCs: controller plans, and the map of your own project");
  command->require_subcommand(1);
  auto* plan = command->add_subcommand(
      "plan", "Which controller for which control of a plugin: a suggestion to print");
  add_settings(*plan, given);
  plan->add_option("plugin", given.plugin, "Such as TubeSynth; all names when none is given");
  plan->callback([&] {
    action = [&] {
      return with_settings(given, true,
                           [&](const Settings& s) { return commands::mpc_plan(s, given.plugin); });
    };
  });
  auto* map = command->add_subcommand("map",
                                      "Put doodled's controllers into the MIDI Learn bindings of a project "
                                      "that you saved; nothing else changes");
  add_settings(*map, given);
  auto& options = given.mpc_map;
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
  map->callback([&] {
    action = [&] {
      return with_settings(given, true,
                           [&](const Settings& s) { return commands::mpc_map(s, given.mpc_map); });
    };
  });
}

void add_silence(CLI::App& app, Given& given, Action& action) {
  auto* panic = app.add_subcommand("panic", "Silence devices: notes off, sound off, controllers reset");
  add_settings(*panic, given);
  panic->add_option("devices", given.panic, "Ids; all when none is named");
  panic->callback([&] {
    action = [&] {
      return with_settings(given, true, [&](const Settings& s) { return commands::panic(s, given.panic); });
    };
  });
  auto* setup = app.add_subcommand("setup", "What has to be set on a device before it plays");
  add_settings(*setup, given);
  setup->add_option("device", given.setup, "The device's id")->required();
  setup->callback([&] {
    action = [&] {
      return with_settings(given, true, [&](const Settings& s) { return commands::setup(s, given.setup); });
    };
  });
}

void add_others(CLI::App& app, Given& given, Action& action) {
  auto* devices =
      app.add_subcommand("devices", "List the configured devices and whether they can be reached");
  auto* doctor =
      app.add_subcommand("doctor", "Look whether the reader, the interpreters and the daemon can be used");
  auto* audit = app.add_subcommand(
      "audit", "Verify the chain over all stored sessions and pictures; names the first that does not fit");
  auto* version = app.add_subcommand("version", "Print the version");
  add_settings(*devices, given);
  add_settings(*doctor, given);
  add_settings(*audit, given);
  doctor->callback([&] {
    action = [&] {
      return with_settings(given, true, [](const Settings& s) { return commands::doctor(s); });
    };
  });
  devices->callback([&] {
    action = [&] {
      return with_settings(given, true, [](const Settings& s) { return commands::devices(s); });
    };
  });
  audit->callback([&] {
    action = [&] { return with_settings(given, true, [](const Settings& s) { return commands::audit(s); }); };
  });
  version->callback([&] {
    action = [] {
      return std::printf("doodled %s\n", std::string(doodled::version).c_str()) > 0 ? commands::done
                                                                                    : commands::failed;
    };
  });
}

void add_upkeep(CLI::App& app, Given& given, Action& action) {
  auto* backup =
      app.add_subcommand("backup", "Write everything that is kept into one file, also while the daemon runs");
  add_settings(*backup, given);
  backup->add_option("-o,--output", given.backup.file,
                     "The .zip file to write; by default one named by the time in upkeep.backup_folder");
  auto* restore =
      app.add_subcommand("restore", "Bring a backup back into an empty data directory, or into a store");
  add_settings(*restore, given);
  restore->add_option("file", given.restore.file, "The backup")->required()->check(CLI::ExistingFile);
  restore->add_flag("--check", given.restore.check_only, "Only verify it");
  restore->add_flag("--merge", given.restore.merge,
                    "Into a store that is there: add the sessions that it lacks");
  backup->callback([&] {
    action = [&] {
      return with_settings(given, true, [&](const Settings& s) { return commands::backup(s, given.backup); });
    };
  });
  restore->callback([&] {
    action = [&] {
      return with_settings(given, true,
                           [&](const Settings& s) { return commands::restore(s, given.restore); });
    };
  });
}

// For those who package doodled; not shown in the help.
void add_manual(CLI::App& app, Given& given, Action& action) {
  auto* command = app.add_subcommand("manual", "Print a man page or the completion of bash")->group("");
  command->add_option("page", given.manual)
      ->required()
      ->check(CLI::IsMember({"doodled.1", "doodled.toml.5", "completion.bash"}));
  command->callback([&] {
    action = [&] {
      const std::string text = given.manual == "doodled.1" ? command_page(app, version)
                               : given.manual == "doodled.toml.5"
                                   ? settings_page(settings_reference(), version)
                                   : bash_completion(app);
      return std::fputs(text.c_str(), stdout) >= 0 ? commands::done : commands::failed;
    };
  });
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{
      "doodled turns a drawing, a photograph or a sentence into music, keeps it, and plays it.\n\n"
      "  doodled serve                  start the daemon, then open http://127.0.0.1:8080\n"
      "  doodled read drawing.png       what is in this picture?\n"
      "  doodled compose --prompt '...' what do these words sound like?\n"
      "  doodled render song.json -o song.mid\n"
      "  doodled replay ID              play a stored session again\n"};
  app.require_subcommand(1);
  Given given;
  Action action;
  add_serve(app, given, action);
  add_read(app, given, action);
  add_compose(app, given, action);
  add_documents(app, given, action);
  add_check(app, given, action);
  add_vary(app, given, action);
  add_tune(app, given, action);
  add_diff(app, given, action);
  add_render(app, given, action);
  add_import(app, given, action);
  add_replay(app, given, action);
  add_learn(app, given, action);
  add_teach(app, given, action);
  add_profile(app, given, action);
  add_mpc(app, given, action);
  add_silence(app, given, action);
  add_others(app, given, action);
  add_upkeep(app, given, action);
  add_manual(app, given, action);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& failure) {
    return app.exit(failure) == 0 ? commands::done : commands::misused;
  }
  try {
    return action();
  } catch (const std::exception& failure) {
    return commands::report({"failed", failure.what(), {}});
  }
}
