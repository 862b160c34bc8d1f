#include "core/store/database.hpp"

#include <array>
#include <atomic>
#include <fstream>
#include <thread>

#include <SQLiteCpp/Database.h>
#include <doctest/doctest.h>

#include "core/store/connection.hpp"
#include "core/store/database_health.hpp"
#include "tests/unit/store/fixture.hpp"

using namespace doodled;
using namespace doodled::test;
using store::Connection;
using store::Migration;
using store::Query;

namespace {

constexpr Migration first{1, "001_first", "CREATE TABLE things (name TEXT NOT NULL) STRICT;"};
constexpr Migration second{2, "002_second", "ALTER TABLE things ADD COLUMN size INTEGER NOT NULL DEFAULT 7;"};
constexpr Migration broken{2, "002_broken",
                           "CREATE TABLE half (name TEXT) STRICT; SELECT no_such_function();"};

DatabaseOptions with(std::span<const Migration> migrations) {
  DatabaseOptions options;
  options.migrations = migrations;
  return options;
}

void add(Database& database, const std::string& name) {
  database.write(
      [&](Connection& connection) { Query(connection, "INSERT INTO things (name) VALUES (?)", name).run(); });
}

std::string one(Database& database, const std::string& sql) {
  return database.read([&](Connection& connection) {
    Query query(connection, sql);
    return query.step() ? query.text(0) : std::string("nothing");
  });
}

struct Things {
  TemporaryDirectory directory;
  std::array<Migration, 1> migrations{first};
  Database database{directory.path(), with(migrations)};
  std::string count() { return one(database, "SELECT count(*) FROM things"); }
};

std::string file_in(const TemporaryDirectory& directory) {
  return (directory.path() / "doodled.sqlite3").string();
}

std::string code_of_opening(const std::filesystem::path& directory, std::span<const Migration> migrations) {
  try {
    Database database(directory, with(migrations));
    return "opened";
  } catch (const StoreUnavailable& failure) {
    return failure.code();
  }
}

}  // namespace

TEST_CASE("a database keeps a write-ahead log, waits for the disk and checks references") {
  StoreFixture fixture;

  CHECK(one(fixture.store.database, "PRAGMA journal_mode") == "wal");
  CHECK(one(fixture.store.database, "PRAGMA synchronous") == "2");
  CHECK(one(fixture.store.database, "PRAGMA foreign_keys") == "1");
}

TEST_CASE("every table of the schema is strict") {
  StoreFixture fixture;
  const std::string lax =
      "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND strict = 0"
      " AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'session_words%'";

  CHECK(one(fixture.store.database, lax) == "nothing");
}

TEST_CASE("the compiled-in migrations are numbered from 1 without gaps") {
  int expected = 0;
  for (const auto& migration : store::all_migrations()) CHECK(migration.version == ++expected);
  CHECK(expected >= 1);
}

TEST_CASE("an older database is copied, then brought up to date with its content") {
  TemporaryDirectory directory;
  const std::array one_migration{first};
  const std::array both{first, second};
  {
    Database old(directory.path(), with(one_migration));
    add(old, "kept");
  }

  Database database(directory.path(), with(both));

  CHECK(database.schema_version() == 2);
  CHECK(one(database, "SELECT name || size FROM things") == "kept7");
  SQLite::Database copy((directory.path() / "doodled.sqlite3.version-1").string());
  CHECK(copy.execAndGet("PRAGMA user_version").getInt() == 1);
  CHECK(copy.execAndGet("SELECT name FROM things").getString() == "kept");
}

TEST_CASE("a copy of a database that keeps its free pages gives back its own") {
  TemporaryDirectory directory, other;
  const std::array migrations{first};
  { Database made(directory.path(), with(migrations)); }
  SQLite::Database(file_in(directory), SQLite::OPEN_READWRITE).exec("PRAGMA auto_vacuum = NONE; VACUUM");
  {
    Database old(directory.path(), with(migrations));
    for (int i = 0; i < 100; ++i) add(old, std::string(10'000, 'x'));
    old.write([](Connection& connection) { Query(connection, "DELETE FROM things WHERE rowid > 1").run(); });
    old.give_back();
    CHECK(one(old, "SELECT freelist_count > 100 FROM pragma_freelist_count") == "1");
    const auto health = database_health(directory.path(), std::chrono::seconds(10));
    CHECK(health.stuck_bytes > health.bytes / 2);
    old.copy_to(file_in(other));
  }

  Database copy(other.path(), with(migrations));
  for (int i = 0; i < 100; ++i) add(copy, std::string(10'000, 'x'));
  copy.write([](Connection& connection) { Query(connection, "DELETE FROM things WHERE rowid > 1").run(); });
  CHECK(database_health(other.path(), std::chrono::seconds(10)).stuck_bytes == 0);
  copy.give_back();
  CHECK(one(copy, "SELECT freelist_count FROM pragma_freelist_count") == "0");
  CHECK(one(copy, "SELECT length(name) FROM things") == "10000");
}

TEST_CASE("of the copies made before changes of the schema the newest two stay") {
  TemporaryDirectory directory;
  std::vector<store::Migration> migrations;
  std::vector<std::string> statements;
  for (int version = 1; version <= 11; ++version)
    statements.push_back("CREATE TABLE t" + std::to_string(version) + " (a TEXT) STRICT");
  const auto copy = [&](int version) {
    return directory.path() / ("doodled.sqlite3.version-" + std::to_string(version));
  };
  std::ofstream(directory.path() / "doodled.sqlite3.version-mine") << "a copy of one's own";
  for (int version = 1; version <= 11; ++version) {
    migrations.push_back({version, "t", statements[static_cast<std::size_t>(version) - 1]});
    Database(directory.path(), with(migrations));
  }
  for (int version = 1; version <= 8; ++version) CHECK_FALSE(std::filesystem::exists(copy(version)));
  CHECK(std::filesystem::exists(copy(9)));
  CHECK(std::filesystem::exists(copy(10)));
  CHECK(std::filesystem::exists(directory.path() / "doodled.sqlite3.version-mine"));
}

TEST_CASE("a migration that fails leaves the version before it") {
  TemporaryDirectory directory;
  const std::array one_migration{first};
  const std::array both{first, broken};

  CHECK_THROWS(Database(directory.path(), with(both)));

  Database database(directory.path(), with(one_migration));
  CHECK(database.schema_version() == 1);
  CHECK(one(database, "SELECT name FROM sqlite_schema WHERE name = 'half'") == "nothing");
}

TEST_CASE("a database of a newer program is refused and left as it is") {
  TemporaryDirectory directory;
  const std::array one_migration{first};
  const std::array both{first, second};
  CHECK(code_of_opening(directory.path(), both) == "opened");

  CHECK(code_of_opening(directory.path(), one_migration) == "newer_database");
  CHECK(code_of_opening(directory.path(), both) == "opened");
}

TEST_CASE("a file that is no database is told as damaged") {
  TemporaryDirectory directory;
  std::ofstream(directory.path() / "doodled.sqlite3") << std::string(8192, 'x');

  CHECK(code_of_opening(directory.path(), store::all_migrations()) == "damaged");
}

TEST_CASE("work that throws writes nothing, and its exception arrives") {
  Things things;

  CHECK_THROWS_AS(things.database.transaction([&] {
    add(things.database, "lost");
    throw std::domain_error("changed my mind");
  }),
                  std::domain_error);

  CHECK(things.count() == "0");
}

TEST_CASE("whoever counts commits sees whether anything was written") {
  Things things;
  const auto before = things.database.commits();
  CHECK(things.count() == "0");
  CHECK(things.database.commits() == before);
  add(things.database, "one");
  CHECK(things.database.commits() == before + 1);
  CHECK_THROWS(things.database.write([](Connection&) { throw std::runtime_error("no"); }));
  CHECK(things.database.commits() == before + 1);
}

TEST_CASE("an inner write that throws is undone alone when the outer one goes on") {
  Things things;

  things.database.transaction([&] {
    add(things.database, "outer");
    try {
      things.database.transaction([&] {
        add(things.database, "inner");
        throw std::domain_error("only this");
      });
    } catch (const std::domain_error&) {
    }
  });

  CHECK(one(things.database, "SELECT group_concat(name) FROM things") == "outer");
}

TEST_CASE("a read inside a write sees what was written so far") {
  Things things;

  things.database.transaction([&] {
    add(things.database, "a");
    CHECK(things.count() == "1");
  });
}

TEST_CASE("a read sees one moment, whatever is written meanwhile") {
  Things things;

  things.database.read([&](Connection& connection) {
    Query(connection, "SELECT count(*) FROM things").step();
    std::jthread([&] { add(things.database, "later"); }).join();
    Query query(connection, "SELECT count(*) FROM things");
    REQUIRE(query.step());
    CHECK(query.integer(0) == 0);
  });
  CHECK(things.count() == "1");
}

TEST_CASE("writers that wait together keep their own results and failures") {
  Things things;
  constexpr int threads = 4, each = 50;
  std::atomic<int> failed{0};

  {
    std::vector<std::jthread> writers;
    for (int i = 0; i < threads; ++i)
      writers.emplace_back([&, i] {
        for (int n = 0; n < each; ++n) {
          try {
            const int number = i * each + n;
            const int result = things.database.write([&](Connection& connection) {
              Query(connection, "INSERT INTO things (name) VALUES (?)", std::to_string(number)).run();
              if (number % 5 == 0) throw std::domain_error("every fifth");
              return number;
            });
            if (result != number) std::abort();
          } catch (const std::domain_error&) {
            ++failed;
          }
        }
      });
  }

  CHECK(failed == threads * each / 5);
  CHECK(things.count() == std::to_string(threads * each * 4 / 5));
  CHECK(one(things.database, "SELECT count(*) FROM things WHERE name % 5 = 0") == "0");
}

TEST_CASE("a long write-ahead log begins anew while others write, and nothing of it is lost") {
  Things things;
  // SQLite's file format, 4.1: the sequence number of checkpoints, at byte 12.
  const auto begun_anew = [&] {
    std::ifstream log(things.directory.path() / "doodled.sqlite3-wal", std::ios::binary);
    std::array<char, 16> header{};
    log.read(header.data(), header.size());
    return std::string(header.begin() + 12, header.end());
  };
  add(things.database, "first");
  const auto before = begun_anew();
  int added = 1;
  for (; added < 50; ++added) add(things.database, std::string(100'000, 'x'));

  for (; begun_anew() == before && added < 20'000; ++added) add(things.database, "small");

  CHECK(begun_anew() != before);
  CHECK(things.count() == std::to_string(added));
}

TEST_CASE("a full database refuses the write, says so, and keeps what it has") {
  TemporaryDirectory directory;
  const std::array migrations{first};
  auto options = with(migrations);
  options.max_pages = 20;
  Database database(directory.path(), options);
  add(database, "small");

  try {
    add(database, std::string(200'000, 'x'));
    FAIL("a write beyond the limit went through");
  } catch (const StoreUnavailable& failure) {
    CHECK(failure.code() == "disk_full");
  }

  CHECK(one(database, "SELECT group_concat(name) FROM things") == "small");
  add(database, "again");
  CHECK(one(database, "SELECT count(*) FROM things") == "2");
  CHECK(one(database, "PRAGMA integrity_check") == "ok");
}

TEST_CASE("another process that holds the database for too long is told as busy") {
  TemporaryDirectory directory;
  const std::array migrations{first};
  auto options = with(migrations);
  options.busy_timeout_ms = 1;
  Database database(directory.path(), options);
  SQLite::Database other((directory.path() / "doodled.sqlite3").string(), SQLite::OPEN_READWRITE);
  other.exec("BEGIN IMMEDIATE");

  try {
    add(database, "x");
    FAIL("two writers at once");
  } catch (const StoreUnavailable& failure) {
    CHECK(failure.code() == "busy");
  }
  other.exec("ROLLBACK");
  add(database, "x");
  CHECK(one(database, "SELECT count(*) FROM things") == "1");
}
