#include "server/command_line/command_line.hpp"

namespace doodled {
namespace {

void add_serve(CommandLine& line) {
  auto* command =
      line.app.add_subcommand("serve", "Run the daemon: the page, the API, the queue and the player");
  line.takes_settings(*command);
  command->add_option("--listen", line.given.listen,
                      "Address and port, such as 127.0.0.1:8080 or 0.0.0.0:8080");
  command->add_option("--example", line.given.serve.example,
                      "Picture to read first when nothing is stored yet");
  command->add_option("--play", line.given.serve.picture, "Picture to read and play at start");
  line.runs(
      *command,
      [&line](const Settings& s) {
        line.given.serve.load_settings = [&line] { return line.settings(); };
        return commands::serve(s, line.given.serve);
      },
      Logging::as_set);
}

void add_music_options(CLI::App& command, std::vector<std::string>& options) {
  command
      .add_option("-O,--option", options,
                  "key='E minor', scale=dorian, tempo=92, meter=7/8, bars=8, parts=drums,bass, density=0.3,\n"
                  "swing=58, style=techno, device=mpc or seed=7; may be repeated")
      ->allow_extra_args(false);
}

void add_compose(CommandLine& line) {
  auto* command = line.app.add_subcommand(
      "compose", "Make music of words alone; nothing is stored. Prints the session document");
  command
      ->add_option("--prompt", line.given.compose.prompt,
                   "Such as 'slow dark ambient in D minor, 84 bpm, no drums'")
      ->required();
  add_music_options(*command, line.given.compose.options);
  line.runs_alone(*command, [&line] { return commands::compose(line.given.compose); });
}

void add_read(CommandLine& line) {
  auto* command = line.app.add_subcommand(
      "read",
      "Say what a picture holds and the music it makes; nothing is stored.\nPrints one "
      "JSON object a file: {kind, confidence, reading, document}");
  line.takes_settings(*command);
  command->add_option("files", line.given.read.files, "Pictures")->required();
  command
      ->add_option("--mode", line.given.read.mode,
                   "auto, doodle, lfo, photo, macros, mpc, arrangement or prompt")
      ->capture_default_str();
  command->add_option("--prompt", line.given.read.prompt, "What to make of it, in words");
  add_music_options(*command, line.given.read.options);
  line.runs(*command, [&line](const Settings& s) { return commands::read(s, line.given.read); });
}

}  // namespace

void add_reading(CommandLine& line) {
  add_serve(line);
  add_read(line);
  add_compose(line);
}

}  // namespace doodled
