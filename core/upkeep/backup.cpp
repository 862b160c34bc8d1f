#include "core/upkeep/backup.hpp"

#include <algorithm>
#include <ctime>
#include <fstream>
#include <iterator>

#include <nlohmann/json.hpp>

#include "core/base/clock.hpp"
#include "core/base/program.hpp"
#include "core/store/durable_files.hpp"
#include "core/upkeep/walk.hpp"
#include "core/upkeep/zip_file.hpp"

namespace doodled {
namespace {

constexpr auto format_name = "doodled-backup-1";

// Ids of the pictures that still have their bytes.
std::vector<std::string> pictures_of(Images& images) {
  std::vector<std::string> ids;
  for_each_listed([&](const PageRequest& page) { return images.list(page); },
                  [&](const Image& image) {
                    if (!image.forgotten_at) ids.push_back(image.id);
                  });
  return ids;
}

// The database of one moment, what its chain says, and what belongs to it.
struct Moment {
  BackupManifest manifest;
  std::vector<std::string> pictures;
  std::optional<std::string> bindings;
};

// Whoever writes the file replaces it whole.
std::optional<std::string> bindings_in(const std::filesystem::path& data_dir) {
  std::ifstream file(data_dir / bindings_file, std::ios::binary);
  if (!file) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(file), {});
}

Result<Moment> audited(const std::filesystem::path& folder, const Blobs& blobs, const std::stop_token& stop) {
  Store copy(folder);
  const auto report = audit(copy.database, blobs, stop);
  if (stop.stop_requested()) return Error{"cancelled", "the backup was stopped", {}};
  if (report.fault)
    return Error{"audit_failed",
                 "what is kept does not fit its chain, so it was not backed up",
                 {{report.fault->kind + " " + report.fault->subject, report.fault->reason}}};
  Moment moment;
  moment.pictures = pictures_of(copy.images);
  moment.manifest.schema_version = copy.database.schema_version();
  moment.manifest.sessions = report.sessions;
  moment.manifest.pictures = static_cast<std::int64_t>(moment.pictures.size());
  moment.manifest.chain_rows = report.rows;
  moment.manifest.chain_head = report.head;
  return moment;
}

void write_zip(const std::filesystem::path& file, const Moment& moment, const std::filesystem::path& database,
               const Blobs& blobs, const Companions& companions) {
  ZipWriter zip(file);
  zip.add_text("manifest.json", to_text(to_json(moment.manifest), 2) + "\n");
  zip.add_file("doodled.sqlite3", database, Packing::deflated);
  for (const auto& id : moment.pictures)
    zip.add_file("images/" + id.substr(0, 2) + "/" + id.substr(2), blobs.path(id), Packing::stored);
  if (moment.bindings) zip.add_text(bindings_file, *moment.bindings);
  for (const auto& [name, text] : companions)
    if (is_companion(name)) zip.add_text(name, text);
  zip.finish();
}

}  // namespace

Json to_json(const BackupManifest& manifest) {
  return {{"format", format_name},
          {"program", manifest.program},
          {"made_at", manifest.made_at},
          {"schema_version", manifest.schema_version},
          {"sessions", manifest.sessions},
          {"pictures", manifest.pictures},
          {"chain_rows", manifest.chain_rows},
          {"chain_head", manifest.chain_head}};
}

Result<BackupManifest> backup_manifest_from_json(const Json& json) {
  const Error wrong{
      "not_a_backup", "the file is not a backup of doodled", {{"manifest.json", "can't be used"}}};
  try {
    if (json.at("format").get<std::string>() != format_name) return wrong;
    return BackupManifest{json.at("program").get<std::string>(),   json.at("made_at").get<std::string>(),
                          json.at("schema_version").get<int>(),    json.at("sessions").get<std::int64_t>(),
                          json.at("pictures").get<std::int64_t>(), json.at("chain_rows").get<std::int64_t>(),
                          json.at("chain_head").get<std::string>()};
  } catch (const Json::exception&) {
    return wrong;
  }
}

bool is_companion(const std::string& name) {
  if (name == settings_file) return true;
  if (!name.starts_with(profiles_folder) || name.size() > 300) return false;
  if (!name.ends_with(".json") && !name.ends_with(".csv")) return false;
  if (name.find("//") != name.npos) return false;
  for (const auto& part : std::filesystem::path(name))
    if (part.empty() || part.string().starts_with('.')) return false;
  return std::ranges::none_of(name, [](unsigned char c) { return c < ' ' || c == '\\' || c == 127; });
}

std::string backup_name(std::int64_t wall_ms) {
  const std::time_t seconds = wall_ms / 1000;
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  char text[64];
  std::strftime(text, sizeof text, "doodled-%Y%m%d-%H%M%S.zip", &utc);
  return text;
}

std::optional<std::int64_t> backup_time(const std::string& name) {
  if (name.size() != std::string_view("doodled-YYYYmmdd-HHMMSS.zip").size()) return std::nullopt;
  const auto part = [&](std::size_t at, std::size_t size) { return name.substr(at, size); };
  const auto wall_ms = from_rfc3339(part(8, 4) + "-" + part(12, 2) + "-" + part(14, 2) + "T" + part(17, 2) +
                                    ":" + part(19, 2) + ":" + part(21, 2) + ".000Z");
  return wall_ms && backup_name(*wall_ms) == name ? wall_ms : std::nullopt;
}

Result<BackupManifest> back_up(Store& store, const std::filesystem::path& file, const std::string& program,
                               std::int64_t wall_ms, const Companions& companions,
                               const std::stop_token& stop) {
  if (std::filesystem::exists(file))
    return Error{"backup_exists", "there is a file of that name already", {{"file", file.string()}}};
  try {
    const auto folder = std::filesystem::absolute(file).parent_path();
    std::filesystem::create_directories(folder);
    const ScratchDirectory scratch(folder);
    const auto database = scratch.path() / "doodled.sqlite3";
    store.database.copy_to(database);
    auto moment = audited(scratch.path(), store.blobs, stop);
    if (!moment) return moment.error();
    moment->bindings = bindings_in(store.database.directory());
    moment->manifest.program = program;
    moment->manifest.made_at = to_rfc3339(wall_ms);
    const auto unfinished = scratch.path() / "unfinished.zip";
    write_zip(unfinished, *moment, database, store.blobs, companions);
    store::sync_file(unfinished);
    store::move_durably(unfinished, file);
    return std::move(moment->manifest);
  } catch (const StoreUnavailable&) {
    throw;
  } catch (const std::exception& failure) {
    return Error{"backup_failed", std::string("the backup could not be written: ") + failure.what(), {}};
  }
}

}  // namespace doodled
