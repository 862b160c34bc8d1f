// A backup that somebody hands in. What begins like a zip is the file itself; what begins like JSON is the
// manifest; all else changes bytes of the database in a good one: how far on, and to what. It is refused in
// words, or restored and merged; nothing is left beside it either way.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

#include <nlohmann/json.hpp>

#include "core/base/program.hpp"
#include "core/upkeep/restore.hpp"
#include "core/upkeep/zip_file.hpp"
#include "tests/unit/store/fixture.hpp"

using namespace doodled;
namespace fs = std::filesystem;

namespace {

fs::path place() { return fs::is_directory("/dev/shm") ? "/dev/shm" : fs::temp_directory_path(); }

void write(const fs::path& file, std::string_view bytes) { std::ofstream(file, std::ios::binary) << bytes; }

struct Backup {
  std::string manifest, database;
};

// Of a session with what goes with it.
Backup good() {
  const ScratchDirectory scratch(place());
  const auto file = scratch.path() / "good.zip";
  Store store(scratch.path() / "data");
  auto session = test::score("a session");
  session.interpretation_id = store.interpretations.add(test::reading());
  session.tags = {"bell"};
  store.sessions.append(session).value();
  back_up(store, file, "1.0.0", test::noon).value();
  const ZipReader zip(file);
  return {zip.text("manifest.json", 1 << 20), zip.text("doodled.sqlite3", 1 << 24)};
}

std::string changed(std::string database, std::string_view changes) {
  std::size_t at = 0;
  for (std::size_t i = 0; i + 3 <= changes.size(); i += 3) {
    at += static_cast<std::size_t>(static_cast<std::uint8_t>(changes[i])) << 8 |
          static_cast<std::uint8_t>(changes[i + 1]);
    database[at % database.size()] = changes[i + 2];
  }
  return database;
}

void write_backup(const fs::path& file, std::string_view input) {
  static const Backup whole = good();
  if (input.starts_with("PK")) return write(file, input);
  const auto source = file.parent_path() / "database";
  const bool is_manifest = input.starts_with('{');
  write(source, is_manifest ? whole.database : changed(whole.database, input));
  ZipWriter zip(file);
  zip.add_text("manifest.json", is_manifest ? input : whole.manifest);
  zip.add_file("doodled.sqlite3", source, Packing::stored);
  zip.finish();
  fs::remove(source);
}

template <class T>
bool done(const Result<T>& result) {
  if (!result && (result.error().code.empty() || result.error().message.empty())) std::abort();
  return result.operator bool();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const ScratchDirectory scratch(place());
  const auto file = scratch.path() / "given.zip", beside = scratch.path() / "beside";
  write_backup(file, {reinterpret_cast<const char*>(data), size});
  const auto verified = verify_backup(file, beside);
  if (!fs::is_empty(beside)) std::abort();
  if (!done(verified)) return 0;
  if (!done(restore_backup(file, scratch.path() / "restored"))) std::abort();
  Store into(scratch.path() / "merged");
  done(merge_backup(file, into));
  return 0;
}
