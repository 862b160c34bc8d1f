// What `doodled` can be told to do. Exit codes: 0 done, 1 it failed, 2 it was asked for wrongly (also bad
// settings).
#pragma once
#include <filesystem>
#include <string>
#include <vector>

#include "core/compose/compose.hpp"
#include "server/app.hpp"
#include "server/settings.hpp"

namespace doodled::commands {

inline constexpr int done = 0, failed = 1, misused = 2;

// The message and each problem, a line each, on stderr.
int report(const Error& error, int exit_code = failed);

// Until SIGTERM or SIGINT.
int serve(const Settings& settings, ServeOptions options);

// Options as words: 'bars=8', 'key=E minor', 'parts=drums,bass'.
Result<ComposeOptions> compose_options_from(const std::string& mode, const std::vector<std::string>& options);

struct ReadOptions {
  std::vector<std::filesystem::path> files;
  std::string mode = "auto";
  std::string prompt;
  std::vector<std::string> options;
};
// One JSON object a line on stdout: {kind, confidence, reading, document}, or {file, error}.
int read(const Settings& settings, const ReadOptions& options);

struct ComposeCommand {
  std::string prompt;
  std::vector<std::string> options;
};
// The session document that the words make, on stdout; nothing is stored.
int compose(const ComposeCommand& command);

struct CompileOptions {
  std::string document;  // a file, '-' for stdin, or a stored session's id
  std::string profile;   // of the device that says how notes are named, or empty
};
// The timeline as text.
int compile(const Settings& settings, const CompileOptions& options);
struct RenderOptions {
  std::string document;  // as above
  std::filesystem::path output;
  std::string format;                // of core/files/export.hpp; empty: by the output's ending
  std::vector<std::string> options;  // "name=value" of core/files/export_options.hpp
};
// Any of the files that a session can become.
int render(const Settings& settings, const RenderOptions& options);

struct CheckOptions {
  std::string document;  // as above
  bool taste = false;    // rules of taste too
  std::string profile;   // of the device it is meant for, or empty
};
// Rules without storing: the report on stdout; 1 when the document is refused.
int check(const Settings& settings, const CheckOptions& options);

struct VaryOptions {
  std::string session;                  // as above
  std::vector<std::string> operations;  // 'mutate:steps=2,part=/tracks/0', or JSON
  std::vector<std::string> locks;       // JSON Pointers
  std::uint64_t seed = 1;
  int count = 1;
};
// Variations of a document are printed, those of a stored session are stored.
int vary(const Settings& settings, const VaryOptions& options);

struct TuneOptions {
  std::string session;         // as above
  std::filesystem::path file;  // a Scala scale file
  int root = 60;               // the key of degree 0
};
// The session in another tuning: of a document it is printed, of a stored session it is stored.
int tune(const Settings& settings, const TuneOptions& options);

struct DiffOptions {
  std::string first, other;  // as above
  bool json = false;
};
// What is different, in sentences.
int diff(const Settings& settings, const DiffOptions& options);

struct ImportOptions {
  std::string file;     // .mid, .mpcpattern, any JSON form; '-' for stdin; or an archive of a box
  std::string context;  // the session whose music it joins, as above, or empty
  bool store = false;
  bool merge = false;  // of an archive: as restore does
};
// The session document on stdout, or the id of the session that was stored. Storing needs the data folder for
// itself: while a daemon runs, POST the file to it. An archive is restored.
int import(const Settings& settings, const ImportOptions& options);

struct ReplayOptions {
  std::string session_id;
  std::vector<std::string> devices;
  int loops = 1;
};
// Plays a stored session, without a daemon, until its end or a signal.
int replay(const Settings& settings, const ReplayOptions& options);

struct LearnOptions {
  std::string action, text;
  double seconds = 30;
  bool jump = false, relative = false;
};
// Has the running daemon bind the next control that moves; prints the binding.
int learn(const Settings& settings, const LearnOptions& options);

struct PairOptions {
  std::string scope = "create";
  int minutes = 0;   // 0: as access.code_minutes says
  bool yes = false;  // to whoever has the code
};
// Shows a code, and its link as a QR code, waits until a device claimed it, asks on the console whether to
// let it in, and waits until it is. The same question can be answered on the page. Asks the running daemon,
// as the commands on tokens do.
int pair(const Settings& settings, const PairOptions& options);
int list_tokens(const Settings& settings);
struct TokenOptions {
  std::string name, scope = "play";
};
// The secret on stdout.
int new_token(const Settings& settings, const TokenOptions& options);
int revoke_tokens(const Settings& settings, const std::vector<std::string>& ids);

int devices(const Settings& settings);
// Everything silent on these devices, or on all.
int panic(const Settings& settings, const std::vector<std::string>& devices);

struct TeachCommand {
  std::string device;
  std::vector<std::string> parameters;
  double seconds = 4, rest_seconds = 3;
  int channel = 1;
  bool list = false;  // print what would be moved, and move nothing
};
// Moves one controller at a time, slowly, for a device that learns; prints each before it moves. Ends with
// the last or a signal.
int teach(const Settings& settings, const TeachCommand& command);
// What a device's driver says has to be set on it.
int setup(const Settings& settings, const std::string& device);

// All profiles, a line each.
int profiles(const Settings& settings);
// Profiles (*.json) and tables of midi.guide (*.csv): what is wrong, doubtful, and what becomes of each
// parameter. 1 when one can't be used.
int check_profiles(const std::vector<std::filesystem::path>& files, bool quiet);

// The controller plan of a plugin of the MPC; empty: the names of all.
int mpc_plan(const Settings& settings, const std::string& plugin);
struct MpcMapCommand {
  std::filesystem::path project, output;  // without output the bindings are listed
  std::vector<std::string> bindings;      // '0=74' or '0=cutoff'; empty: those that are suggested
  std::string controller_key;
};
// Puts our controllers into the MIDI Learn bindings of a user's own project.
int mpc_map(const Settings& settings, const MpcMapCommand& command);

// Looks at the reader, each interpreter and the daemon, a line each on stdout; 1 when something does not
// work.
int doctor(const Settings& settings);
struct BackupOptions {
  std::filesystem::path file;  // empty: a name by the time, in upkeep.backup_folder
};
// Beside a running daemon or without one. The file is an archive of all that is kept, for any other box.
int backup(const Settings& settings, const BackupOptions& options);
struct RestoreOptions {
  std::filesystem::path file;
  bool check_only = false;  // verify it, and nothing else
  bool merge = false;       // into a store that is there: what it lacks
};
// Into the data directory, which no daemon may be using.
int restore(const Settings& settings, const RestoreOptions& options);
// 1 when the chain or a picture does not fit.
int audit(const Settings& settings);

}  // namespace doodled::commands
