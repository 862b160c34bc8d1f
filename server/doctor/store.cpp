#include <algorithm>

#include <sys/stat.h>
#include <unistd.h>

#include "core/inputs/binding.hpp"
#include "core/store/database.hpp"
#include "core/store/database_health.hpp"
#include "server/doctor/finding.hpp"
#include "server/places.hpp"
#include "server/privileges.hpp"

namespace doodled::doctor {
namespace {

using State = Finding::State;
using std::filesystem::path;

// Where a directory that is not there yet would be made.
path nearest_there(path place) {
  std::error_code ignored;
  while (!std::filesystem::exists(place, ignored) && place != place.parent_path())
    place = place.parent_path();
  return place;
}

Finding directory_finding(const path& directory) {
  if (const auto refused = refused_place(directory)) return {State::bad, "data directory", refused->message};
  const auto there = nearest_there(directory);
  if (access(there.c_str(), R_OK | W_OK | X_OK) != 0)
    return {State::bad, "data directory",
            there.string() +
                " may not be written by this user; give it to the daemon's user, or set store.data_dir"};
  return {State::good, "data directory",
          directory.string() + (there == directory ? " can be written" : " will be made at the first start")};
}

// Whom the data belongs to, the daemon runs as. Root looks, or nobody needs to know.
Findings root_findings(const Settings& settings) {
  struct stat owner {};
  if (geteuid() != 0 || !stays_root(settings) ||
      stat(nearest_there(settings.store.data_dir).c_str(), &owner) != 0 || owner.st_uid != 0)
    return {};
  return {
      {State::note, "user",
       "a daemon that root starts stays root; name another user in server.user, or run the service of the "
       "package"}};
}

std::string megabytes(std::uintmax_t bytes) { return std::to_string(bytes >> 20) + " MB"; }

Finding disk_finding(const path& directory) {
  constexpr std::uintmax_t scarce = std::uintmax_t{64} << 20, little = std::uintmax_t{1} << 30;
  std::error_code error;
  const auto space = std::filesystem::space(nearest_there(directory), error);
  if (error) return {State::bad, "disk", error.message()};
  const std::string text = megabytes(space.available) + " free of " + megabytes(space.capacity);
  if (space.available < scarce)
    return {State::bad, "disk",
            text + ": nothing more can be stored soon; make room, or let upkeep.keep_days do so"};
  return {space.available < little ? State::note : State::good, "disk", text};
}

// SQLite tells damage in lines.
std::string in_one_line(std::string text) {
  std::ranges::replace(text, '\n', ' ');
  return text;
}

Finding finding_of(const DatabaseHealth& health) {
  if (health.schema_version > store::all_migrations().back().version)
    return {State::bad, "database", "was made by a newer doodled; install that one, or restore a backup"};
  if (!health.damage.empty())
    return {State::bad, "database", in_one_line(health.damage) + ": restore a backup (doodled restore)"};
  constexpr std::int64_t much = 16 << 20;
  if (health.stuck_bytes > std::max(much, health.bytes / 2))
    return {State::note, "database",
            std::to_string(health.stuck_bytes >> 20) +
                " MiB of its file are free and can't go, since an early doodled made it; a backup and its "
                "restore make it smaller"};
  return {State::good, "database",
          (health.complete ? "is whole" : "is large; what was checked of it is whole") +
              std::string("; doodled audit verifies what is in it")};
}

Finding database_finding(const path& directory) {
  std::error_code ignored;
  if (!std::filesystem::exists(directory / "doodled.sqlite3", ignored))
    return {State::good, "database", "will be made at the first start"};
  try {
    return finding_of(database_health(directory, std::chrono::seconds{10}));
  } catch (const StoreUnavailable& failure) {
    return {State::bad, "database", failure.code() + ": " + failure.what()};
  }
}

// What MIDI Learn was taught; nothing where all is well.
Findings bindings_findings(const path& directory) {
  Findings findings;
  if (const auto loaded = Bindings::load(directory / "bindings.json"); !loaded)
    findings.push_back({State::note, "bindings",
                        "bindings.json can't be used (" + loaded.error().message +
                            "); the daemon will start without bindings and put it aside"});
  for (const auto& name : damaged_bindings(directory))
    findings.push_back({State::note, "bindings",
                        name + " could not be used and was put aside; repair it and put it back as "
                               "bindings.json while the daemon is stopped, or remove it"});
  return findings;
}

}  // namespace

Findings look_at_store(const Settings& settings) {
  const auto& directory = settings.store.data_dir;
  if (refused_place(directory)) return {directory_finding(directory)};
  Findings findings{directory_finding(directory), disk_finding(directory), database_finding(directory)};
  for (auto& finding : root_findings(settings)) findings.push_back(std::move(finding));
  for (auto& finding : bindings_findings(directory)) findings.push_back(std::move(finding));
  return findings;
}

}  // namespace doodled::doctor
