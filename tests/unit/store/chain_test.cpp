#include "core/store/chain.hpp"

#include <fstream>

#include <SQLiteCpp/Database.h>
#include <doctest/doctest.h>

#include "core/store/chain_rows.hpp"
#include "tests/unit/store/fixture.hpp"

using namespace doodled;
using namespace doodled::test;

namespace {

// Positions: 1 session with picture and reading, 2 session with a forgotten picture, 3 its hiding, 4 its
// forgetting, 5 session, 6 its hiding, 7 session.
struct ChainSetup : StoreFixture {
  std::string picture = put_picture(store).id;
  std::string forgotten_picture = put_picture(store, "another picture").id;

  ChainSetup() {
    auto first = score("1", picture);
    first.interpretation_id = store.interpretations.add(reading());
    store.sessions.append(first).value();
    const auto second = store.sessions.append(score("2", forgotten_picture)).value();
    store.sessions.forget(second.id, noon).value();
    const auto third = store.sessions.append(score("5")).value();
    store.sessions.hide(third.id, noon).value();
    store.sessions.append(score("7")).value();
  }
  // As somebody with an editor would.
  void tamper(const std::string& sql) {
    SQLite::Database file((directory.path() / "doodled.sqlite3").string(), SQLite::OPEN_READWRITE);
    file.exec("PRAGMA foreign_keys = OFF");
    REQUIRE(file.exec(sql) >= 0);
  }
  AuditReport report() { return audit(store.database, store.blobs); }
};

}  // namespace

TEST_CASE("an untouched chain fits from the first to the last row") {
  ChainSetup setup;

  const auto report = setup.report();

  CHECK_FALSE(report.fault);
  CHECK(report.rows == 7);
  CHECK(report.sessions == 4);
  CHECK(report.pictures_checked == 1);
  CHECK(report.pictures_forgotten == 1);
  CHECK(report.head == setup.store.sessions.list({}, {}).value().items[0].hash);
}

TEST_CASE("an empty chain fits") {
  StoreFixture fixture;
  const auto report = audit(fixture.store.database, fixture.store.blobs);
  CHECK_FALSE(report.fault);
  CHECK(report.rows == 0);
}

TEST_CASE("title, tags and star are not sealed") {
  ChainSetup setup;
  const auto id = setup.store.sessions.list({}, {}).value().items[0].id;
  setup.store.sessions.change(id, {"other", std::vector<std::string>{"t"}, true}).value();
  CHECK_FALSE(setup.report().fault);
}

TEST_CASE("whatever is changed behind the chain's back, the first row that does not fit is named") {
  struct Row {
    const char* sql;
    std::int64_t position;
  };
  const Row rows[] = {
      {"UPDATE session_bodies SET document = '{}' WHERE position = 5", 5},
      {"UPDATE session_bodies SET report = '' WHERE position = 1", 1},
      {"DELETE FROM session_bodies WHERE position = 5", 5},
      {"UPDATE interpretations SET answer = 'better'", 1},
      {"UPDATE interpretations SET request = 'other'", 1},
      {"DELETE FROM interpretations", 1},
      {"UPDATE sessions SET seed = seed + 1 WHERE position = 7", 7},
      {"UPDATE sessions SET tempo = 120.00000000001 WHERE position = 7", 7},
      {"UPDATE sessions SET created_at = 1 WHERE position = 7", 7},
      {"UPDATE sessions SET id = 'x' WHERE position = 7", 7},
      {"UPDATE sessions SET image_id = NULL WHERE position = 1", 1},
      {"UPDATE sessions SET hidden = 0 WHERE position = 5", 5},
      {"UPDATE sessions SET hidden = 1 WHERE position = 7", 7},
      {"UPDATE images SET forgotten_at = 1 WHERE forgotten_at IS NULL", 1},
      {"UPDATE images SET forgotten_at = NULL", 2},
      {"UPDATE chain SET at = 1 WHERE position = 6", 6},
      {"UPDATE chain SET data = '{\"session\":\"x\"}' WHERE position = 4", 4},
      {"UPDATE chain SET hash = previous_hash WHERE position = 3", 3},
      {"DELETE FROM chain WHERE position = 6", 5},
      {"DELETE FROM chain WHERE position = 1", 1},
      {"DELETE FROM chain WHERE position = 7", 7},
      {"DELETE FROM sessions WHERE position = 7", 7},
      {"UPDATE sessions SET position = 100 - position WHERE position IN (5, 7)", 5},
      {"INSERT INTO sessions (position, id, created_at, mode, interpreter, key_name, tempo, seed, title, "
       "tags)"
       " VALUES (8, 'forged', 1, '', '', '', 1, 1, '', '[]')",
       8},
  };
  for (const auto& row : rows) {
    CAPTURE(row.sql);
    ChainSetup setup;
    setup.tamper(row.sql);

    const auto report = setup.report();

    REQUIRE(report.fault);
    CAPTURE(report.fault->reason);
    CHECK(report.fault->position == row.position);
    CHECK_FALSE(report.fault->reason.empty());
  }
}

TEST_CASE("a picture that changed or is gone is named by the session that shows it") {
  ChainSetup setup;
  std::ofstream(setup.store.blobs.path(setup.picture)) << "retouched";
  CHECK(setup.report().fault->position == 1);
  CHECK(setup.report().fault->reason == "its picture's bytes have changed");

  setup.store.blobs.remove(setup.picture);
  CHECK(setup.report().fault->reason == "its picture is missing");
}

TEST_CASE("the hash is SHA-256 over netstrings, so that no text can move from field to field") {
  store::ChainRow row{7, 1234, "hide", "01abc", "{}", std::string(64, '0'), {}};

  CHECK(store::chain_hash(row, {"{}"}) ==
        sha256_hex("15:doodled-chain-1,64:" + std::string(64, '0') + ",1:7,4:1234,4:hide,5:01abc,2:{},"));
  CHECK(store::chain_hash(row, {"ab", "c"}) != store::chain_hash(row, {"a", "bc"}));
}

TEST_CASE("strokes are sealed by the request that names them") {
  StoreFixture fixture;
  NewSession drawn = score("drawn", put_picture(fixture.store).id);
  drawn.strokes = R"({"strokes":[1]})";
  Interpretation read = reading();
  read.request = R"({"strokes_sha256":")" + sha256_hex(drawn.strokes) + "\"}";
  drawn.interpretation_id = fixture.store.interpretations.add(read);
  const auto id = fixture.store.sessions.append(drawn)->id;
  const auto reason = [&] {
    const auto report = audit(fixture.store.database, fixture.store.blobs);
    return report.fault ? report.fault->reason : std::string();
  };
  const auto tamper = [&](const std::string& sql) {
    fixture.store.database.write([&](store::Connection& connection) { store::Query(connection, sql).run(); });
  };
  CHECK(reason().empty());
  tamper(R"(UPDATE session_strokes SET page = '{"strokes":[2]}')");
  CHECK(reason() == "its strokes have changed");
  tamper("DELETE FROM session_strokes");
  CHECK(reason() == "its strokes are missing");
  fixture.store.sessions.forget(id, noon).value();
  CHECK(reason().empty());
}
