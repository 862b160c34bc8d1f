#include "server/command_line/command_line.hpp"

namespace doodled {
namespace {

CLI::Option* takes_scope(CLI::App& command, std::string& scope) {
  return command
      .add_option(
          "--scope", scope,
          "play: look, hear, play. create: also pictures, sessions, devices, letting others in. admin: "
          "also settings, log, backups, tokens")
      ->check(CLI::IsMember({"play", "create", "admin"}))
      ->capture_default_str();
}

void add_pair(CommandLine& line) {
  auto* pair = line.app.add_subcommand(
      "pair", "Let a phone or another computer in: show a code for it, and ask about who came with it");
  line.takes_settings(*pair);
  takes_scope(*pair, line.given.pair.scope);
  pair->add_option("--minutes", line.given.pair.minutes,
                   "How long the code is good; otherwise as access.code_minutes says")
      ->check(CLI::Range(1, 60));
  pair->add_flag("--yes,-y", line.given.pair.yes,
                 "Let in whoever comes with the code, without a question: for scripts");
  line.runs(*pair, [&line](const Settings& s) { return commands::pair(s, line.given.pair); });
}

void add_tokens(CommandLine& line) {
  auto* tokens = line.app.add_subcommand("tokens", "Who was let in: paired devices, and tokens for programs");
  tokens->require_subcommand(1);
  auto* list = tokens->add_subcommand("list", "Each with its id, kind, scope, last use, address and name");
  auto* made = tokens->add_subcommand("new", "A token for a program; its secret is printed once");
  auto* revoke = tokens->add_subcommand("revoke", "Let them in no more, and close what they have open");
  for (auto* command : {list, made, revoke}) line.takes_settings(*command);
  made->add_option("name", line.given.token.name, "What it is for, such as 'sequencer script'")->required();
  takes_scope(*made, line.given.token.scope);
  revoke->add_option("id", line.given.revoked, "As list shows them")->required();
  line.runs(*list, [](const Settings& s) { return commands::list_tokens(s); });
  line.runs(*made, [&line](const Settings& s) { return commands::new_token(s, line.given.token); });
  line.runs(*revoke, [&line](const Settings& s) { return commands::revoke_tokens(s, line.given.revoked); });
}

}  // namespace

void add_access(CommandLine& line) {
  add_pair(line);
  add_tokens(line);
}

}  // namespace doodled
