#include <CLI/CLI.hpp>

#include "server/manual/manual.hpp"
#include "server/manual/roff.hpp"

namespace doodled {
namespace {

bool is_shown(const CLI::Option& option) { return !option.get_group().empty(); }

// "-o,--output FILE" or "files ...".
std::string term_of(const CLI::Option& option) {
  std::string term = option.get_name(option.get_positional(), !option.get_positional());
  if (option.get_items_expected_max() != 0 && !option.get_positional()) term += ' ' + option.get_type_name();
  return term;
}

std::string meaning_of(const CLI::Option& option) {
  std::string text = option.get_description();
  if (const auto value = option.get_default_str(); !value.empty()) text += " (default: " + value + ")";
  return text;
}

std::string synopsis(const CLI::App& command) {
  std::string text = "doodled " + command.get_name();
  for (const auto* option : command.get_options([](const CLI::Option* o) { return o->get_positional(); }))
    text += ' ' + option->get_name(true);
  return text + " [OPTION]...";
}

std::string command_section(const CLI::App& command) {
  std::string text = roff::subheading(synopsis(command)) + roff::paragraphs(command.get_description());
  for (const auto* option :
       command.get_options([](const CLI::Option* o) { return is_shown(*o) && o->get_name() != "--help"; }))
    text += roff::entry(term_of(*option), meaning_of(*option));
  for (const auto* inner : command.get_subcommands([](const CLI::App*) { return true; }))
    text += roff::entry(command.get_name() + ' ' + inner->get_name(), inner->get_description());
  return text;
}

constexpr std::string_view exit_codes =
    "0 when it was done, 1 when it failed, 2 when it was asked for wrongly (also for settings that can't be "
    "used).\n";
constexpr std::string_view environment =
    "Every setting can be given as a variable: DOODLED_SERVER_LISTEN for \"listen\" in [server].\n"
    "STATE_DIRECTORY, then XDG_DATA_HOME, then HOME say where pictures and sessions are kept when no "
    "setting does.\n";

}  // namespace

std::string command_page(const CLI::App& app, std::string_view version) {
  std::string text = roff::title("DOODLED", 1, version);
  text += roff::heading("NAME") + "doodled \\- a drawing, a photograph or a sentence becomes music\n";
  text += roff::heading("SYNOPSIS") + roff::escaped("doodled COMMAND [OPTION]...\n");
  text += roff::heading("DESCRIPTION") + roff::paragraphs(app.get_description());
  text += roff::heading("COMMANDS");
  for (const auto* command : app.get_subcommands([](const CLI::App* c) { return !c->get_group().empty(); }))
    text += command_section(*command);
  text += roff::heading("EXIT STATUS") + roff::paragraphs(exit_codes);
  text += roff::heading("ENVIRONMENT") + roff::paragraphs(environment);
  return text + roff::heading("SEE ALSO") + roff::escaped("doodled.toml(5)\n");
}

}  // namespace doodled
