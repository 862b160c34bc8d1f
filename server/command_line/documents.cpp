#include "core/files/export.hpp"
#include "server/command_line/command_line.hpp"

namespace doodled {
namespace {

void add_compile(CommandLine& line) {
  auto* compile = line.app.add_subcommand("compile", "Print the timeline of a session: one event a line");
  line.takes_settings(*compile);
  compile
      ->add_option("session", line.given.compile.document,
                   "A session document (file, or - for stdin), or the id of a stored session")
      ->required();
  compile->add_option("--profile", line.given.compile.profile,
                      "Notes are named as this device names them: mpc, live, ...");
  line.runs(*compile, [&line](const Settings& s) { return commands::compile(s, line.given.compile); });
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

void add_render(CommandLine& line) {
  auto* command = line.app.add_subcommand("render", "Write a session as a file of another program");
  command->footer(render_help());
  line.takes_settings(*command);
  command
      ->add_option(
          "session", line.given.render.document,
          "A session document, a .mid or a .mpcpattern (file, or - for stdin), or the id of a stored "
          "session")
      ->required();
  command->add_option("-o,--output", line.given.render.output, "The file to write")->required();
  command->add_option("--format", line.given.render.format, "Its format, where its ending does not say it");
  command->add_option("-O,--option", line.given.render.options, "name=value for the format; may be repeated")
      ->allow_extra_args(false);
  line.runs(*command, [&line](const Settings& s) { return commands::render(s, line.given.render); });
}

void add_import(CommandLine& line) {
  auto* command = line.app.add_subcommand("import",
                                          "Make a session of a .mid, a .mpcpattern or a JSON document; or "
                                          "bring back an archive that export or backup "
                                          "has made, into an empty data directory");
  line.takes_settings(*command);
  command->add_option("file", line.given.import.file, "The file, or - for stdin")->required();
  command->add_option("--context", line.given.import.context,
                      "The session whose music it joins as new parts: a file or a stored session's id");
  command->add_flag("--merge", line.given.import.merge,
                    "Of an archive: add the sessions that a store lacks which is there");
  command->add_flag("--store", line.given.import.store, "Store it and print its id, instead of the document");
  line.runs(*command, [&line](const Settings& s) { return commands::import(s, line.given.import); });
}

void add_check(CommandLine& line) {
  auto* command = line.app.add_subcommand(
      "check", "Check a session document against the schema and the rules; nothing is stored");
  line.takes_settings(*command);
  command->add_option("session", line.given.check.document, session_help)->required();
  command->add_flag("--taste", line.given.check.taste, "Rules of taste too, as for what a picture became");
  command->add_option("--profile", line.given.check.profile,
                      "Within what this device can play: mpc, live, ...");
  line.runs(*command, [&line](const Settings& s) { return commands::check(s, line.given.check); });
}

}  // namespace

void add_documents(CommandLine& line) {
  add_compile(line);
  add_render(line);
  add_import(line);
  add_check(line);
}

}  // namespace doodled
