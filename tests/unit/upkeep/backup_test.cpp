#include "core/upkeep/backup.hpp"

#include <fstream>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "core/upkeep/restore.hpp"
#include "core/upkeep/zip_file.hpp"
#include "tests/unit/store/fixture.hpp"

using namespace doodled;
using namespace doodled::test;

namespace {

// A session with picture, reading, tags and star, a variation of it, and one that was removed for good.
struct Studio : StoreFixture {
  TemporaryDirectory outside;
  std::filesystem::path file = outside.path() / "backup.zip";
  std::string first, child;

  Studio() {
    auto drawn = score("drawn", put_picture(store).id);
    drawn.interpretation_id = store.interpretations.add(reading());
    drawn.tags = {"bell"};
    drawn.search_text = "slow morning";
    first = store.sessions.append(drawn).value().id;
    store.sessions.change(first, {{}, {}, true}).value();
    auto varied = score("varied");
    varied.parent_id = first;
    child = store.sessions.append(varied).value().id;
    const auto gone = store.sessions.append(score("gone", put_picture(store, "another").id)).value();
    store.sessions.forget(gone.id, noon).value();
  }
  Result<BackupManifest> backed_up() { return back_up(store, file, "1.2.3", noon); }
};

void write_bindings(const std::filesystem::path& folder, const std::string& text) {
  std::ofstream(folder / "bindings.json") << text;
}

std::string bindings_of(const std::filesystem::path& folder) {
  std::ifstream file(folder / "bindings.json");
  return std::string(std::istreambuf_iterator<char>(file), {});
}

void write_zip(const std::filesystem::path& file,
               const std::vector<std::pair<std::string, std::string>>& texts) {
  ZipWriter zip(file);
  for (const auto& [name, text] : texts) zip.add_text(name, text);
  zip.finish();
}

}  // namespace

TEST_CASE("a backup says what is in it") {
  Studio studio;
  const auto manifest = studio.backed_up().value();
  CHECK(manifest.program == "1.2.3");
  CHECK(manifest.made_at == "2026-01-01T12:00:00.000Z");
  CHECK(manifest.sessions == 3);
  CHECK(manifest.pictures == 1);
  CHECK(manifest.chain_rows == 5);
  CHECK(verify_backup(studio.file, studio.outside.path()).value().chain_head == manifest.chain_head);
}

TEST_CASE("nothing but the backup is left in its folder") {
  Studio studio;
  studio.backed_up().value();
  studio.backed_up();
  int count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(studio.outside.path()))
    count += entry.path() == studio.file ? 1 : 100;
  CHECK(count == 1);
}

TEST_CASE("a backup never replaces a file") {
  Studio studio;
  std::ofstream(studio.file) << "mine";
  CHECK(studio.backed_up().error().code == "backup_exists");
  CHECK(std::filesystem::file_size(studio.file) == 4);
}

TEST_CASE("what is restored is what was backed up") {
  Studio studio;
  studio.backed_up().value();
  TemporaryDirectory elsewhere;
  restore_backup(studio.file, elsewhere.path() / "data").value();

  Store store(elsewhere.path() / "data");
  const auto report = audit(store.database, store.blobs);
  CHECK_FALSE(report.fault);
  CHECK(report.head == audit(studio.store.database, studio.store.blobs).head);
  const auto session = store.sessions.get(studio.first).value();
  CHECK(session.starred);
  CHECK(session.tags == std::vector<std::string>{"bell"});
  CHECK(store.images.bytes(session.image_id).value().size() == std::string("a picture").size());
}

TEST_CASE("what MIDI Learn was taught goes into the backup and comes back, but not by merging") {
  Studio studio;
  write_bindings(studio.directory.path(), "[1]");
  studio.backed_up().value();
  TemporaryDirectory elsewhere;
  write_bindings(elsewhere.path(), "[2]");  // left over there
  restore_backup(studio.file, elsewhere.path()).value();
  CHECK(bindings_of(elsewhere.path()) == "[1]");

  StoreFixture other;
  merge_backup(studio.file, other.store).value();
  CHECK_FALSE(std::filesystem::exists(other.directory.path() / "bindings.json"));
  write_bindings(other.directory.path(), "[3]");
  merge_backup(studio.file, other.store).value();
  CHECK(bindings_of(other.directory.path()) == "[3]");
}

TEST_CASE(
    "a backup from before it held what MIDI Learn was taught can be restored, and leaves what is there") {
  Studio studio;
  studio.backed_up().value();
  TemporaryDirectory elsewhere;
  write_bindings(elsewhere.path(), "[2]");
  restore_backup(studio.file, elsewhere.path()).value();
  CHECK(bindings_of(elsewhere.path()) == "[2]");
}

TEST_CASE("settings and device profiles of the box come along, the settings aside") {
  Studio studio;
  back_up(studio.store, studio.file, "1", noon,
          {{"settings.toml", "a = 1\n"}, {"profiles/mine.json", "{}"}, {"profiles/more/old.csv", "x"}})
      .value();
  TemporaryDirectory elsewhere;
  const auto data_dir = elsewhere.path() / "data";
  restore_backup(studio.file, data_dir).value();
  const auto text_of = [&](const std::string& name) {
    std::ifstream file(data_dir / name);
    return std::string(std::istreambuf_iterator<char>(file), {});
  };
  CHECK(text_of("imported-settings.toml") == "a = 1\n");
  CHECK(text_of("profiles/mine.json") == "{}");
  CHECK(text_of("profiles/more/old.csv") == "x");
  CHECK_FALSE(std::filesystem::exists(data_dir / "settings.toml"));
}

TEST_CASE("only names that stay in their folder come along") {
  for (const std::string name : {"settings.toml", "profiles/a.json", "profiles/a b/c.csv"})
    CHECK(is_companion(name));
  for (const std::string name :
       {"", "settings", "profiles/", "profiles/a.txt", "profiles/../a.json", "profiles//a.json",
        "profiles/./a.csv", "profiles/.a.json", "/profiles/a.json", "profiles/a\\b.json", "profiles/a\n.json",
        "console-key"})
    CHECK_FALSE(is_companion(name));
}

TEST_CASE("a folder with pictures of somebody else is not restored into") {
  Studio studio;
  studio.backed_up().value();
  TemporaryDirectory elsewhere;
  std::filesystem::create_directories(elsewhere.path() / "images/holiday");
  std::ofstream(elsewhere.path() / "images/holiday/sun.jpg") << "sun";
  CHECK(restore_backup(studio.file, elsewhere.path()).error().code == "data_dir_not_empty");
  CHECK(std::filesystem::exists(elsewhere.path() / "images/holiday/sun.jpg"));
}

TEST_CASE("a store is never written over") {
  Studio studio;
  studio.backed_up().value();
  CHECK(restore_backup(studio.file, studio.directory.path()).error().code == "data_dir_not_empty");
}

TEST_CASE("merging adds what is not there, as new rows of the chain") {
  Studio studio;
  studio.backed_up().value();
  StoreFixture other;
  other.store.sessions.append(score("mine")).value();

  const auto merged = merge_backup(studio.file, other.store).value();

  CHECK(merged.added == 2);
  CHECK(merged.known == 0);
  CHECK_FALSE(audit(other.store.database, other.store.blobs).fault);
  const auto drawn = other.store.sessions.get(studio.first).value();
  CHECK(drawn.starred);
  CHECK(drawn.document == studio.store.sessions.get(studio.first).value().document);
  CHECK(other.store.interpretations.get(drawn.interpretation_id).value().answer == "raw");
  CHECK(other.store.sessions.get(studio.child).value().parent_id == studio.first);
  SessionFilter words;
  words.text = "morning";
  CHECK(other.store.sessions.list(words, {}).value().items.size() == 1);
}

TEST_CASE("merging twice adds nothing the second time") {
  Studio studio;
  studio.backed_up().value();
  StoreFixture other;
  merge_backup(studio.file, other.store).value();
  const auto again = merge_backup(studio.file, other.store).value();
  CHECK(again.added == 0);
  CHECK(again.known == 2);
}

TEST_CASE("a store that does not fit its chain is not backed up") {
  Studio studio;
  const auto picture = studio.store.sessions.get(studio.first).value().image_id;
  std::ofstream(studio.store.blobs.path(picture)) << "changed";
  const auto error = studio.backed_up().error();
  CHECK(error.code == "audit_failed");
  CHECK_FALSE(std::filesystem::exists(studio.file));
}

TEST_CASE("a backup with a flipped byte is refused") {
  Studio studio;
  studio.backed_up().value();
  std::fstream file(studio.file, std::ios::in | std::ios::out | std::ios::binary);
  const auto middle = static_cast<std::streamoff>(std::filesystem::file_size(studio.file) / 2);
  file.seekg(middle);
  const char byte = static_cast<char>(file.get());
  file.seekp(middle);
  file.put(static_cast<char>(byte ^ 0x55));
  file.close();
  CHECK(verify_backup(studio.file, studio.outside.path()).error().code == "damaged_backup");
}

TEST_CASE("names that lead out of the folder, and other strangers, are refused") {
  TemporaryDirectory folder;
  for (const std::string name :
       {"../evil", "/etc/evil", "images/../../evil", "images/ab/short", "notes.txt"}) {
    const auto file = folder.path() / ("strange" + std::to_string(name.size()) + ".zip");
    std::filesystem::remove(file);
    write_zip(file, {{"manifest.json", "{}"}, {name, "x"}});
    const auto error = verify_backup(file, folder.path()).error();
    CHECK(error.code == "damaged_backup");
    CHECK_FALSE(error.problems.empty());
  }
}

TEST_CASE("another zip, and no zip at all, are told apart from a backup") {
  TemporaryDirectory folder;
  for (const std::string manifest : {R"({"format":"something"})", "[1]", "no JSON"}) {
    const auto file = folder.path() / ("other" + std::to_string(manifest.size()) + ".zip");
    write_zip(file, {{"manifest.json", manifest}});
    CHECK(verify_backup(file, folder.path()).error().code == "not_a_backup");
  }
  write_zip(folder.path() / "pictures.zip", {{"holiday.txt", "sun"}});
  CHECK(verify_backup(folder.path() / "pictures.zip", folder.path()).error().code == "not_a_backup");
  for (const std::string text : {"", "PK", "this is text"}) {
    std::ofstream(folder.path() / "no.zip") << text;
    CHECK(verify_backup(folder.path() / "no.zip", folder.path()).error().code == "not_a_backup");
  }
}

TEST_CASE("a backup that was cut off anywhere is damaged, and says so") {
  Studio studio;
  studio.backed_up().value();
  const auto whole = std::filesystem::file_size(studio.file);
  for (const auto left : {whole - 1, whole / 2, whole / 10, std::uintmax_t{40}}) {
    CAPTURE(left);
    std::filesystem::resize_file(studio.file, left);
    const auto error = verify_backup(studio.file, studio.outside.path()).error();
    CHECK(error.code == "damaged_backup");
    REQUIRE_FALSE(error.problems.empty());
    CHECK(error.problems.front().pointer == "zip");
  }
}

TEST_CASE("of a damaged backup the damaged part is named") {
  Studio studio;
  studio.backed_up().value();
  const auto picture = studio.store.sessions.get(studio.first).value().image_id;
  std::fstream file(studio.file, std::ios::in | std::ios::out | std::ios::binary);
  const std::string bytes(std::istreambuf_iterator<char>(file), {});
  const auto at = bytes.find("a picture");  // pictures are stored as they are
  REQUIRE(at != std::string::npos);
  file.clear();
  file.seekp(static_cast<std::streamoff>(at));
  file.put('A');
  file.close();
  const auto error = verify_backup(studio.file, studio.outside.path()).error();
  CHECK(error.code == "damaged_backup");
  CHECK(error.problems.front().pointer == "images/" + picture.substr(0, 2) + "/" + picture.substr(2));
}

TEST_CASE("a backup without its database is damaged") {
  Studio studio;
  const auto manifest = studio.backed_up().value();
  const auto file = studio.outside.path() / "without.zip";
  write_zip(file, {{"manifest.json", to_json(manifest).dump()}});
  const auto error = verify_backup(file, studio.outside.path()).error();
  CHECK(error.code == "damaged_backup");
  CHECK(error.problems.front().pointer == "doodled.sqlite3");
}

TEST_CASE("a backup that can't be read is no fault of the backup") {
  TemporaryDirectory folder;
  CHECK(verify_backup(folder.path() / "absent.zip", folder.path()).error().code == "backup_failed");
}

TEST_CASE("names of backups sort by time") {
  CHECK(backup_name(noon) == "doodled-20260101-120000.zip");
  CHECK(backup_name(noon) < backup_name(noon + 1000));
}

TEST_CASE("the name of a backup tells its time") {
  CHECK(backup_time(backup_name(noon + 999)) == noon);
  for (const std::string name :
       {"", "doodled-20260101-120000.zip.part", "doodled-20260231-120000.zip", "doodled-2026010111200000.zi",
        "doodled--------------0.zip", "../doodled-2026-120000.zip", "daddled-20260101-120000.zip"})
    CHECK_FALSE(backup_time(name));
}
