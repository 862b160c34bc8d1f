#include <CLI/CLI.hpp>

#include "server/manual/manual.hpp"

namespace doodled {
namespace {

constexpr std::string_view head = R"(# bash completion for doodled
_doodled() {
  local current=${COMP_WORDS[COMP_CWORD]} words
  if [ "$COMP_CWORD" = 1 ]; then
    COMPREPLY=($(compgen -W "%commands%" -- "$current"))
    return
  fi
  case ${COMP_WORDS[1]} in
)";
constexpr std::string_view tail = R"(    *) words= ;;
  esac
  case $current in
    -*) COMPREPLY=($(compgen -W "$words" -- "$current")) ;;
    *) COMPREPLY=($(compgen -f -- "$current")) ;;
  esac
}
complete -o filenames -F _doodled doodled
)";

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

std::vector<std::string> options_of(const CLI::App& command) {
  std::vector<std::string> names;
  for (const auto* option : command.get_options()) {
    for (const auto& name : option->get_lnames()) names.push_back("--" + name);
    for (const auto& name : option->get_snames()) names.push_back("-" + name);
  }
  return names;
}

}  // namespace

std::string bash_completion(const CLI::App& app) {
  std::vector<std::string> commands;
  std::string cases;
  for (const auto* command : app.get_subcommands([](const CLI::App* c) { return !c->get_group().empty(); })) {
    commands.push_back(command->get_name());
    cases += "    " + command->get_name() + ") words=\"" + joined(options_of(*command)) + "\" ;;\n";
  }
  std::string text(head);
  constexpr std::string_view mark = "%commands%";
  text.replace(text.find(mark), mark.size(), joined(commands));
  return text + cases + std::string(tail);
}

}  // namespace doodled
