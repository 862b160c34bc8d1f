#include "server/command_line/command_line.hpp"

namespace doodled {
namespace {

void add_vary(CommandLine& line) {
  auto* command = line.app.add_subcommand(
      "vary",
      "Make variations of a session by seed. Those of a stored session are stored with it as parent,\n"
      "those of a document are printed, one a line");
  line.takes_settings(*command);
  auto& options = line.given.vary;
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
  line.runs(*command, [&line](const Settings& s) { return commands::vary(s, line.given.vary); });
}

void add_tune(CommandLine& line) {
  auto* command = line.app.add_subcommand(
      "tune",
      "Tune a session by a Scala scale file (.scl). A stored session is stored with the first as parent,\n"
      "a document is printed");
  line.takes_settings(*command);
  command->add_option("session", line.given.tune.session, session_help)->required();
  command->add_option("file", line.given.tune.file, "The Scala file")->required()->check(CLI::ExistingFile);
  command->add_option("--root", line.given.tune.root, "MIDI note of degree 0, which keeps its pitch")
      ->check(CLI::Range(0, 127))
      ->capture_default_str();
  line.runs(*command, [&line](const Settings& s) { return commands::tune(s, line.given.tune); });
}

void add_diff(CommandLine& line) {
  auto* command = line.app.add_subcommand("diff", "Say what is different between two sessions");
  line.takes_settings(*command);
  command->add_option("first", line.given.diff.first, session_help)->required();
  command->add_option("other", line.given.diff.other, session_help)->required();
  command->add_flag("--json", line.given.diff.json, "Every change with its JSON Pointer, old and new value");
  line.runs(*command, [&line](const Settings& s) { return commands::diff(s, line.given.diff); });
}

}  // namespace

void add_steering(CommandLine& line) {
  add_vary(line);
  add_tune(line);
  add_diff(line);
}

}  // namespace doodled
