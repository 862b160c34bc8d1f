#include "core/upkeep/retention.hpp"

#include <doctest/doctest.h>

#include "tests/unit/store/fixture.hpp"

using namespace doodled;
using namespace doodled::test;

namespace {

constexpr std::int64_t day = 24LL * 3600 * 1000;

struct Shelf : StoreFixture {
  std::vector<std::string> ids;  // one a day, the oldest first, each with a picture of ten bytes

  Shelf() {
    for (int i = 0; i < 5; ++i) {
      auto session = score("day", put_picture(store, "picture #" + std::to_string(i)).id);
      session.created_at = noon + i * day;
      ids.push_back(store.sessions.append(session).value().id);
    }
  }
  std::vector<bool> hidden() {
    std::vector<bool> all;
    for (const auto& id : ids) all.push_back(store.sessions.get(id).value().hidden);
    return all;
  }
  int apply(const RetentionRules& rules) {
    return apply_retention(store, rules, noon + 5 * day, [](const std::string&, const Forgotten&) {});
  }
};

}  // namespace

TEST_CASE("without rules everything stays") {
  Shelf shelf;
  CHECK(shelf.apply({}) == 0);
  CHECK(shelf.hidden() == std::vector<bool>(5, false));
}

TEST_CASE("what is too old goes, with its picture") {
  Shelf shelf;
  CHECK(shelf.apply({3, 0}) == 2);
  CHECK(shelf.hidden() == std::vector<bool>{true, true, false, false, false});
  CHECK(shelf.store.images.bytes(shelf.store.sessions.get(shelf.ids[0]).value().image_id).error().code ==
        "image_forgotten");
  CHECK_FALSE(audit(shelf.store.database, shelf.store.blobs).fault);
}

TEST_CASE("what is starred stays, however old") {
  Shelf shelf;
  shelf.store.sessions.change(shelf.ids[0], {{}, {}, true}).value();
  CHECK(shelf.apply({3, 0}) == 1);
  CHECK(shelf.hidden() == std::vector<bool>{false, true, false, false, false});
}

TEST_CASE("the oldest pictures go until the rest fits") {
  Shelf shelf;
  CHECK(shelf.apply({0, 30}) == 2);
  CHECK(shelf.hidden() == std::vector<bool>{true, true, false, false, false});
  CHECK(shelf.apply({0, 30}) == 0);
}

TEST_CASE("each that goes is told") {
  Shelf shelf;
  std::vector<std::string> told;
  apply_retention(shelf.store, {1, 0}, noon + 5 * day, [&](const std::string& id, const Forgotten& gone) {
    if (gone.picture_removed) told.push_back(id);
  });
  CHECK(told == std::vector<std::string>(shelf.ids.begin(), shelf.ids.begin() + 4));
}
