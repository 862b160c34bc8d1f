#include "core/upkeep/restore.hpp"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/base/program.hpp"
#include "core/store/durable_files.hpp"
#include "core/upkeep/walk.hpp"
#include "core/upkeep/zip_file.hpp"

namespace doodled {
namespace {

constexpr std::size_t longest_manifest = 1 << 16;

Error damaged(const std::string& what, const std::string& why) {
  return {"damaged_backup", "the backup can't be used: " + what + " " + why, {{what, why}}};
}

// images/ab/cd...: the only names beside the fixed ones.
bool is_picture(const std::string& name) {
  return name.size() == 72 && name.starts_with("images/") && name[9] == '/' &&
         is_sha256(name.substr(7, 2) + name.substr(10));
}

Error not_a_backup(const std::string& what, const std::string& why) {
  return {"not_a_backup", "the file is not a backup of doodled", {{what, why}}};
}

bool contains(const std::vector<ZipEntry>& entries, std::string_view name) {
  return std::ranges::find(entries, name, &ZipEntry::name) != entries.end();
}

std::optional<Error> foreign_name(const std::vector<ZipEntry>& entries) {
  for (const auto& entry : entries)
    if (entry.name != "manifest.json" && entry.name != "doodled.sqlite3" && entry.name != bindings_file &&
        !is_picture(entry.name) && !is_companion(entry.name))
      return damaged(entry.name.substr(0, 100), "does not belong into a backup");
  return std::nullopt;
}

Result<BackupManifest> manifest_of(const ZipReader& zip) {
  const auto json = parse_json(zip.text("manifest.json", longest_manifest));
  return backup_manifest_from_json(json ? *json : Json());
}

void unpack_all(const ZipReader& zip, const std::vector<ZipEntry>& entries,
                const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder / "images");
  for (const auto& entry : entries) {
    if (entry.name == "manifest.json") continue;
    const auto target = folder / entry.name;
    std::filesystem::create_directories(target.parent_path());
    zip.unpack(entry, target);
    store::sync_file(target);
  }
}

// What was unpacked fits itself and what the manifest says of it.
std::optional<Error> misfit(const std::filesystem::path& folder, const BackupManifest& manifest) {
  Store store(folder);
  const auto report = audit(store.database, store.blobs);
  if (report.fault) return damaged(report.fault->kind + " " + report.fault->subject, report.fault->reason);
  if (report.head != manifest.chain_head || report.rows != manifest.chain_rows)
    return damaged("doodled.sqlite3", "is not the database that manifest.json tells of");
  return std::nullopt;
}

Result<BackupManifest> unpack_checked(const std::filesystem::path& file,
                                      const std::filesystem::path& folder) {
  const ZipReader zip(file);
  const auto entries = zip.entries();
  if (!contains(entries, "manifest.json")) return not_a_backup("manifest.json", "is missing");
  if (auto error = foreign_name(entries)) return *error;
  auto manifest = manifest_of(zip);
  if (!manifest) return manifest;
  if (!contains(entries, "doodled.sqlite3")) return damaged("doodled.sqlite3", "is missing");
  unpack_all(zip, entries, folder);
  if (auto error = misfit(folder, *manifest)) return *error;
  return manifest;
}

// `work` on an unpacked and checked backup in a folder that is removed after it.
template <class Work>
auto with_unpacked(const std::filesystem::path& file, const std::filesystem::path& parent, const Work& work)
    -> decltype(work(std::filesystem::path(), BackupManifest())) {
  try {
    std::filesystem::create_directories(parent);
    const ScratchDirectory scratch(parent);
    const auto manifest = unpack_checked(file, scratch.path());
    if (!manifest) return manifest.error();
    return work(scratch.path(), *manifest);
  } catch (const StoreUnavailable& failure) {
    if (failure.code() != "damaged") return Error{failure.code(), failure.what(), {}};
    return damaged("doodled.sqlite3", failure.what());
  } catch (const NoZip& failure) {
    return not_a_backup(file.filename().string(), failure.reason());
  } catch (const ZipDamage& failure) {
    return damaged(failure.where().substr(0, 100), failure.reason());
  } catch (const std::exception& failure) {
    return Error{"backup_failed", failure.what(), {}};
  }
}

// Where it is in a data directory. The settings are the other box's: they are kept, and not obeyed.
std::string place_of(const std::string& companion) {
  return companion == settings_file ? imported_settings : companion;
}

void move_companions(const std::filesystem::path& from, const std::filesystem::path& data_dir) {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(from)) {
    const auto name = entry.path().lexically_relative(from).string();
    if (!entry.is_regular_file() || !is_companion(name)) continue;
    const auto target = data_dir / place_of(name);
    store::make_directory(target.parent_path());
    store::move_durably(entry.path(), target);
  }
}

// What is no picture of a store there was not put there by us.
std::optional<std::filesystem::path> stranger_in(const std::filesystem::path& images) {
  std::error_code absent;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(images, absent))
    if (!entry.is_directory() && !is_picture("images/" + entry.path().lexically_relative(images).string()))
      return entry.path();
  return std::nullopt;
}

Error not_empty(const std::filesystem::path& data_dir, const std::string& why) {
  return {"data_dir_not_empty", why, {{"data_dir", data_dir.string()}}};
}

// The database last: with it, everything is there.
void move_in(const std::filesystem::path& from, const std::filesystem::path& data_dir) {
  std::filesystem::remove_all(data_dir / "images");
  store::move_durably(from / "images", data_dir / "images");
  if (std::filesystem::exists(from / bindings_file))
    store::move_durably(from / bindings_file, data_dir / bindings_file);
  move_companions(from, data_dir);
  store::move_durably(from / "doodled.sqlite3", data_dir / "doodled.sqlite3");
}

std::vector<SessionHead> visible_oldest_first(Sessions& sessions) {
  std::vector<SessionHead> all;
  for_each_listed([&](const PageRequest& page) { return sessions.list({}, page); },
                  [&](const SessionHead& head) { all.push_back(head); });
  std::reverse(all.begin(), all.end());
  return all;
}

// Copies sessions one by one, each in a transaction with what it needs.
class Merge {
 public:
  Merge(Store& from, Store& into) : from_(from), into_(into) {}

  Result<Merged> run() {
    for (const auto& head : visible_oldest_first(from_.sessions)) {
      if (into_.sessions.get(head.id)) {
        ++merged_.known;
        continue;
      }
      if (const auto added = add(head); !added) return added.error();
      ++merged_.added;
    }
    return merged_;
  }

 private:
  Result<void> add(const SessionHead& head) {
    const auto record = from_.sessions.get(head.id);
    if (!record) return record.error();
    Result<void> result;
    into_.database.transaction([&] {
      const auto appended = into_.sessions.append(copy_of(*record));
      if (!appended) {
        result = appended.error();
        return;
      }
      if (head.starred) into_.sessions.change(head.id, {{}, {}, true});
    });
    return result;
  }

  NewSession copy_of(const SessionRecord& record) {
    NewSession copy;
    copy.id = record.id;
    copy.created_at = record.created_at;
    copy.mode = record.mode;
    copy.image_id = copied_image(record.image_id);
    if (into_.sessions.get(record.parent_id)) copy.parent_id = record.parent_id;
    copy.interpretation_id = copied_interpretation(record.interpretation_id);
    copy.interpreter = record.interpreter;
    copy.seed = record.seed;
    copy.report = record.report;
    copy.document = record.document;
    copy.key_name = record.key_name;
    copy.tempo = record.tempo;
    copy.title = record.title;
    copy.tags = record.tags;
    if (const auto text = from_.sessions.search_text(record.id)) copy.search_text = *text;
    if (const auto strokes = from_.sessions.strokes(record.id)) copy.strokes = *strokes;
    return copy;
  }

  std::string copied_image(const std::string& id) {
    if (id.empty()) return {};
    const auto image = from_.images.get(id);
    const auto bytes = from_.images.bytes(id);
    if (!image || !bytes) return {};
    into_.images.put(*bytes, image->facts, image->created_at);
    if (image->stays) into_.images.keep_here(id, true);
    return id;
  }

  std::string copied_interpretation(const std::string& id) {
    if (id.empty()) return {};
    if (into_.interpretations.get(id)) return id;
    auto interpretation = from_.interpretations.get(id);
    if (!interpretation) return {};
    interpretation->job_id.clear();
    return into_.interpretations.add(*interpretation);
  }

  Store& from_;
  Store& into_;
  Merged merged_;
};

}  // namespace

Result<BackupManifest> verify_backup(const std::filesystem::path& file, const std::filesystem::path& folder) {
  return with_unpacked(file, folder,
                       [](const std::filesystem::path&,
                          const BackupManifest& manifest) -> Result<BackupManifest> { return manifest; });
}

Result<BackupManifest> restore_backup(const std::filesystem::path& file,
                                      const std::filesystem::path& data_dir) {
  if (std::filesystem::exists(data_dir / "doodled.sqlite3"))
    return not_empty(
        data_dir,
        "there is a store already: name an empty folder with --data-dir, or add to this one what "
        "it lacks with --merge");
  if (const auto stranger = stranger_in(data_dir / "images"))
    return not_empty(data_dir, stranger->string() + " is no picture of doodled: name an empty folder");
  return with_unpacked(
      file, data_dir,
      [&](const std::filesystem::path& unpacked, const BackupManifest& manifest) -> Result<BackupManifest> {
        move_in(unpacked, data_dir);
        return manifest;
      });
}

Result<Merged> merge_backup(const std::filesystem::path& file, Store& into) {
  return with_unpacked(file, into.database.directory(),
                       [&](const std::filesystem::path& unpacked, const BackupManifest&) -> Result<Merged> {
                         Store from(unpacked);
                         return Merge(from, into).run();
                       });
}

}  // namespace doodled
