// Everything that is kept, as one portable file: a zip of
//   manifest.json    BackupManifest
//   doodled.sqlite3  one moment of the database
//   images/ab/cd...  each picture, by its SHA-256
//   bindings.json    what MIDI Learn was taught (core/inputs/binding.hpp); absent where it was taught nothing
//   settings.toml    the settings without secrets; absent where there is no file of them
//   profiles/...     device profiles of the user's own
// Keys of model providers, certificates and the secrets of webhooks are not in it; of who was let in, only
// the hashes that the database holds. Threads: any, beside a running daemon; a long file takes long, and
// blocks nobody.
#pragma once
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/base/json.hpp"
#include "core/store/store.hpp"

namespace doodled {

// What belongs to the box beside its store, as text by its name in the archive: settings_file, profiles/...
using Companions = std::map<std::string, std::string>;

inline constexpr auto settings_file = "settings.toml", profiles_folder = "profiles/";
inline constexpr auto bindings_file = "bindings.json";  // in the archive as in the data directory

struct BackupManifest {
  std::string program;     // version that wrote it
  std::string made_at;     // RFC 3339
  int schema_version = 0;  // of the database
  std::int64_t sessions = 0, pictures = 0;
  std::int64_t chain_rows = 0;
  std::string chain_head;  // hash of the last row
};

Json to_json(const BackupManifest& manifest);
// Error: not_a_backup.
Result<BackupManifest> backup_manifest_from_json(const Json& json);

// Whether something of that name may be a companion: nothing that leads out of the folder.
bool is_companion(const std::string& name);

// "doodled-20261126-025000.zip"; names sort by time.
std::string backup_name(std::int64_t wall_ms);
// The reverse, to the second; nothing for any other name.
std::optional<std::int64_t> backup_time(const std::string& name);

// Audited before it is written, and there under its name only when it is whole and on the disk. Makes the
// folder where missing. Errors: backup_exists, audit_failed (what is kept doesn't fit itself), cancelled,
// backup_failed (the folder can't be written). Throws StoreUnavailable.
Result<BackupManifest> back_up(Store& store, const std::filesystem::path& file, const std::string& program,
                               std::int64_t wall_ms, const Companions& companions = {},
                               const std::stop_token& stop = {});

}  // namespace doodled
