#include <cstdio>

#include "core/base/clock.hpp"
#include "core/store/directory_lock.hpp"
#include "core/upkeep/restore.hpp"
#include "server/box_files.hpp"
#include "server/commands.hpp"
#include "server/places.hpp"
#include "server/version.hpp"

namespace doodled::commands {
namespace {

bool has_store(const Settings& settings) {
  return std::filesystem::exists(settings.store.data_dir / "doodled.sqlite3");
}

int report_no_store(const Settings& settings) {
  return report({"no_store", "there is no store in " + settings.store.data_dir.string(), {}});
}

std::filesystem::path backup_file(const Settings& settings, const BackupOptions& options,
                                  std::int64_t wall_ms) {
  if (!options.file.empty()) return options.file;
  const auto& folder = settings.upkeep.backup_folder;
  return (folder.empty() ? settings.store.data_dir / "backups" : folder) / backup_name(wall_ms);
}

void print(const std::string& what, const BackupManifest& manifest) {
  std::printf("%s: %lld sessions, %lld pictures, made %s by doodled %s, head %s\n", what.c_str(),
              static_cast<long long>(manifest.sessions), static_cast<long long>(manifest.pictures),
              manifest.made_at.c_str(), manifest.program.c_str(), manifest.chain_head.c_str());
}

// What came along and does not work by itself.
void print_imported(const std::filesystem::path& data_dir) {
  const auto settings = data_dir / imported_settings;
  if (std::filesystem::exists(settings))
    std::printf("its settings, without keys and secrets, are in %s: take over from there what you want\n",
                settings.c_str());
}

int check(const RestoreOptions& options) {
  const auto good = verify_backup(options.file, std::filesystem::temp_directory_path());
  if (!good) return report(good.error());
  print("fits", *good);
  return done;
}

int merge(const std::filesystem::path& data_dir, const std::filesystem::path& file) {
  Store store(data_dir);
  const auto merged = merge_backup(file, store);
  if (!merged) return report(merged.error());
  give_to_owner(data_dir / "images", data_dir);
  std::printf("%lld sessions added, %lld were there already\n", static_cast<long long>(merged->added),
              static_cast<long long>(merged->known));
  return done;
}

}  // namespace

int backup(const Settings& settings, const BackupOptions& options) {
  if (!has_store(settings)) return report_no_store(settings);
  const auto now = SystemClock().wall_ms();
  const auto file = backup_file(settings, options, now);
  const auto folder = file.parent_path();
  const bool new_folder = !std::filesystem::exists(folder);
  Store store(settings.store.data_dir);
  const auto made = back_up(store, file, std::string(version), now, box_files(settings));
  if (!made) return report(made.error());
  if (options.file.empty()) give_to_owner(new_folder ? folder : file, settings.store.data_dir);
  print(file.string(), *made);
  return done;
}

int restore(const Settings& settings, const RestoreOptions& options) {
  if (options.check_only) return check(options);
  const auto& data_dir = settings.store.data_dir;
  const auto lock = DirectoryLock::acquire(data_dir);
  if (!lock) return report(lock.error());
  if (options.merge) return merge(data_dir, options.file);
  const auto restored = restore_backup(options.file, data_dir);
  if (!restored) return report(restored.error());
  give_to_owner(data_dir, data_dir);
  print(data_dir.string(), *restored);
  print_imported(data_dir);
  return done;
}

}  // namespace doodled::commands
