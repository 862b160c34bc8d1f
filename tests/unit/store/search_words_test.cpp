// The index of words, which follows the sessions.
#include <doctest/doctest.h>
#include <sqlite3.h>

#include "core/store/connection.hpp"
#include "tests/unit/store/failing_vfs.hpp"
#include "tests/unit/store/fixture.hpp"

using namespace doodled;
using namespace doodled::test;

namespace {

std::size_t found(Store& store, const std::string& text) {
  return store.sessions.list({.text = text}, {500, {}}).value().items.size();
}

std::int64_t indexed(Store& store) {
  return store.database.read([](store::Connection& connection) {
    store::Query query(connection, "SELECT count(*) FROM session_words");
    query.step();
    return query.integer(0);
  });
}

}  // namespace

TEST_CASE("a search finds all that was stored before it, however much the index lacks") {
  StoreFixture fixture;
  for (int i = 0; i < 150; ++i) fixture.store.sessions.append(score("Take " + std::to_string(i))).value();
  CHECK(found(fixture.store, "take") == 150);
  CHECK(found(fixture.store, "take 149") == 1);
  fixture.store.sessions.append(score("Take off")).value();
  CHECK(found(fixture.store, "off") == 1);
  CHECK(indexed(fixture.store) == 151);
}

TEST_CASE("a session that was changed before the index took it up is found as it is now") {
  StoreFixture fixture;
  const auto made = fixture.store.sessions.append(score("Old")).value();
  fixture.store.sessions.change(made.id, {"New", std::vector<std::string>{"night"}, {}}).value();
  CHECK(found(fixture.store, "old") == 0);
  CHECK(found(fixture.store, "new night") == 1);
}

TEST_CASE("the search text comes back before the index has it, after, and where only the index has it") {
  StoreFixture fixture;
  auto session = score("Bells");
  session.search_text = "a frozen lake";
  const auto id = fixture.store.sessions.append(session).value().id;
  CHECK(indexed(fixture.store) == 0);
  CHECK(fixture.store.sessions.search_text(id).value() == "a frozen lake");
  CHECK(found(fixture.store, "frozen") == 1);
  CHECK(fixture.store.sessions.search_text(id).value() == "a frozen lake");
  fixture.store.database.write([](store::Connection& connection) {
    store::Query(connection, "UPDATE session_bodies SET search_text = ''").run();
  });
  CHECK(fixture.store.sessions.search_text(id).value() == "a frozen lake");
}

TEST_CASE("where nothing can be written a search finds what the index has") {
  FailingVfs vfs;
  TemporaryDirectory directory;
  DatabaseOptions options;
  options.vfs = FailingVfs::name();
  Store store(directory.path(), options);
  store.sessions.append(score("First bell")).value();
  CHECK(found(store, "bell") == 1);
  store.sessions.append(score("Second bell")).value();

  vfs.fail(1, SQLITE_FULL);

  CHECK(found(store, "bell") == 1);
  CHECK(vfs.has_failed());
  CHECK(found(store, "bell") == 2);
}
