// The command line: what can be typed after `doodled`, and the function of commands.hpp that it calls. One
// file a group of commands.
#pragma once
#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include <CLI/CLI.hpp>

#include "server/commands.hpp"
#include "server/places.hpp"

namespace doodled {

// What the commands are given; the parser writes into it.
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
  commands::PairOptions pair;
  commands::TokenOptions token;
  std::vector<std::string> revoked;
  std::string manual;
  std::vector<std::string> panic;
  commands::TeachCommand teach;
  std::string setup, plugin;
  std::vector<std::filesystem::path> profiles;
  bool quiet = false;
  commands::MpcMapCommand mpc_map;
};

enum class Logging {
  as_set,
  warnings_only
};  // commands that print their result keep the log to what went wrong

// CLI11 keeps pointers into it, so it stays where it is.
class CommandLine {
 public:
  explicit CommandLine(PackagedPlaces packaged = {});
  CommandLine(const CommandLine&) = delete;
  CommandLine& operator=(const CommandLine&) = delete;

  // The exit code, as commands.hpp says.
  int run(int argc, char** argv);

  // --config, --set and --data-dir, and the settings that they give, or that are found (server/places.hpp).
  void takes_settings(CLI::App& command);
  Result<Settings> settings() const;

  // What is done when the command was typed.
  void runs(CLI::App& command, std::function<int(const Settings&)> work,
            Logging logging = Logging::warnings_only);
  void runs_alone(CLI::App& command, std::function<int()> work);

  CLI::App app;
  Given given;

 private:
  Places places() const;

  const PackagedPlaces packaged_;
  std::function<int()> action_;
  std::filesystem::path data_dir_;  // of the command that runs
};

inline constexpr auto* session_help =
    "A session document (file, or - for stdin), or the id of a stored session";

void add_reading(CommandLine& line);    // serve, read, compose
void add_documents(CommandLine& line);  // compile, render, import, check
void add_steering(CommandLine& line);   // vary, tune, diff
void add_devices(CommandLine& line);    // replay, devices, panic, setup, teach, learn
void add_profiles(CommandLine& line);   // profile, mpc
void add_access(CommandLine& line);     // pair, tokens
void add_keeping(CommandLine& line);    // audit, backup, restore, doctor, version, manual

}  // namespace doodled
