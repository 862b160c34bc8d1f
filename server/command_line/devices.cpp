#include "server/command_line/command_line.hpp"

namespace doodled {
namespace {

void add_replay(CommandLine& line) {
  auto* command = line.app.add_subcommand(
      "replay", "Play a stored session again: the same bytes at the same ticks, without any interpreter");
  line.takes_settings(*command);
  command->add_option("session", line.given.replay.session_id, "The session's id")->required();
  command->add_option("--device", line.given.replay.devices,
                      "Where to play; may be repeated. All enabled devices when none is named");
  command->add_option("--loops", line.given.replay.loops, "How often; 0 until stopped")
      ->check(CLI::Range(0, 100000))
      ->capture_default_str();
  line.runs(*command, [&line](const Settings& s) { return commands::replay(s, line.given.replay); });
}

void add_learn(CommandLine& line) {
  auto* command = line.app.add_subcommand(
      "learn", "Bind the next knob, key or OSC address that moves to an action of the running daemon");
  line.takes_settings(*command);
  auto& options = line.given.learn;
  command->add_option("--listen", line.given.listen, "Where the daemon listens, such as 127.0.0.1:8080");
  command->add_option("action", options.action, "Such as macro-1, variation or play")->required();
  command->add_option("--text", options.text,
                      "A session's id or a parameter's name, where the action takes one");
  command->add_option("--seconds", options.seconds, "How long to wait")
      ->check(CLI::Range(1.0, 600.0))
      ->capture_default_str();
  command->add_flag("--jump", options.jump, "The macro jumps to the knob instead of waiting to be picked up");
  command->add_flag("--relative", options.relative, "An endless encoder: 1 up, 127 down");
  line.runs(*command, [&line](const Settings& s) { return commands::learn(s, line.given.learn); });
}

void add_teach(CommandLine& line) {
  auto* command = line.app.add_subcommand(
      "teach",
      "For a device that learns controllers: move one after the other, slowly, with a rest before each.\n"
      "Touch the control on the device and press its learn button while it moves");
  line.takes_settings(*command);
  auto& options = line.given.teach;
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
  line.runs(*command, [&line](const Settings& s) { return commands::teach(s, line.given.teach); });
}

void add_silence(CommandLine& line) {
  auto* panic = line.app.add_subcommand("panic", "Silence devices: notes off, sound off, controllers reset");
  line.takes_settings(*panic);
  panic->add_option("devices", line.given.panic, "Ids; all when none is named");
  line.runs(*panic, [&line](const Settings& s) { return commands::panic(s, line.given.panic); });
  auto* setup = line.app.add_subcommand("setup", "What has to be set on a device before it plays");
  line.takes_settings(*setup);
  setup->add_option("device", line.given.setup, "The device's id")->required();
  line.runs(*setup, [&line](const Settings& s) { return commands::setup(s, line.given.setup); });
}

void add_list(CommandLine& line) {
  auto* devices =
      line.app.add_subcommand("devices", "List the configured devices and whether they can be reached");
  line.takes_settings(*devices);
  line.runs(*devices, [](const Settings& s) { return commands::devices(s); });
}

}  // namespace

void add_devices(CommandLine& line) {
  add_replay(line);
  add_list(line);
  add_silence(line);
  add_teach(line);
  add_learn(line);
}

}  // namespace doodled
