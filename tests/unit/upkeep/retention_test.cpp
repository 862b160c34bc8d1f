#include "core/upkeep/retention.hpp"

#include <doctest/doctest.h>

#include "core/store/play_logs.hpp"
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
  LetGo let_go(const RetentionRules& rules) {
    return apply_retention(store, rules, noon + 5 * day, [](const std::string&, const Forgotten&) {});
  }
  int apply(const RetentionRules& rules) { return let_go(rules).sessions; }
  std::string picture_of(std::size_t i) { return store.sessions.get(ids[i]).value().image_id; }
  // One more of ten bytes.
  std::string picture(const std::string& bytes, std::int64_t at = noon) {
    return store.images.put(as_bytes(bytes), {"image/png", 640, 480, 1}, at).id;
  }
  std::string session_of(const std::string& image_id, std::int64_t at) {
    auto session = score("more", image_id);
    session.created_at = at;
    return store.sessions.append(session).value().id;
  }
  bool is_there(const std::string& image_id) {
    const bool there = !store.images.get(image_id)->forgotten_at;
    CHECK(store.blobs.contains(image_id) == there);
    return there;
  }
  bool fits_chain() { return !audit(store.database, store.blobs).fault; }
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

TEST_CASE("a picture that no session has goes before any session, and the chain says so") {
  Shelf shelf;
  const auto unused = shelf.picture("unused !!!", noon + 3 * day);
  const auto rows = audit(shelf.store.database, shelf.store.blobs).rows;
  const auto gone = shelf.let_go({0, 50});
  CHECK(gone.sessions == 0);
  CHECK(gone.pictures == 1);
  CHECK_FALSE(shelf.is_there(unused));
  CHECK(shelf.hidden() == std::vector<bool>(5, false));
  CHECK(audit(shelf.store.database, shelf.store.blobs).rows == rows + 1);
  CHECK(shelf.fits_chain());
}

TEST_CASE("then the picture of a hidden session goes, then those of visible ones") {
  Shelf shelf;
  shelf.store.sessions.hide(shelf.ids[2], noon).value();
  const auto unused = shelf.picture("unused !!!", noon + 3 * day), hidden = shelf.picture_of(2);
  shelf.let_go({0, 50});
  CHECK_FALSE(shelf.is_there(unused));
  CHECK(shelf.is_there(hidden));
  shelf.let_go({0, 40});
  CHECK_FALSE(shelf.is_there(hidden));
  CHECK(shelf.hidden() == std::vector<bool>{false, false, true, false, false});
  shelf.let_go({0, 30});
  CHECK(shelf.hidden() == std::vector<bool>{true, false, true, false, false});
  CHECK(shelf.store.images.total_bytes() == 30);
  CHECK(shelf.fits_chain());
}

TEST_CASE("a picture of today whose job may be about to come stays, and so does one whose job is open") {
  Shelf shelf;
  const auto today = shelf.picture("of today !", noon + 5 * day - day / 2),
             asked = shelf.picture("asked for!"), sent_again = shelf.picture("sent again");
  shelf.store.jobs.submit(wish(asked)).value();
  shelf.picture("sent again", noon + 5 * day - 1000);
  const auto gone = shelf.let_go({2, 1});
  CHECK(shelf.is_there(today));
  CHECK(shelf.is_there(asked));
  CHECK(shelf.is_there(sent_again));
  CHECK(gone.pictures == 5);
}

TEST_CASE("a session whose picture a starred one uses too stays, since it would free nothing") {
  Shelf shelf;
  const auto starred = shelf.session_of(shelf.picture_of(0), noon + 4 * day);
  shelf.store.sessions.change(starred, {{}, {}, true}).value();
  shelf.let_go({0, 40});
  CHECK(shelf.hidden() == std::vector<bool>{false, true, false, false, false});
  CHECK(shelf.let_go({0, 1}).sessions == 3);
  CHECK(shelf.hidden() == std::vector<bool>{false, true, true, true, true});
  CHECK(shelf.is_there(shelf.picture_of(0)));
}

TEST_CASE("sessions of one picture go together, when the newest of them is the oldest") {
  Shelf shelf;
  const auto variation = shelf.session_of(shelf.picture_of(0), noon + 3 * day + 1);
  CHECK(shelf.apply({0, 30}) == 2);
  CHECK(shelf.hidden() == std::vector<bool>{false, true, true, false, false});
  CHECK(shelf.apply({0, 10}) == 3);
  CHECK(shelf.hidden() == std::vector<bool>{true, true, true, true, false});
  CHECK(shelf.store.sessions.get(variation).value().hidden);
  CHECK_FALSE(shelf.is_there(shelf.picture_of(0)));
}

TEST_CASE("by age, pictures that nothing visible uses go too") {
  Shelf shelf;
  const auto old = shelf.picture("old unused"), young = shelf.picture("young one!", noon + 4 * day);
  shelf.store.sessions.hide(shelf.ids[1], noon + 5 * day).value();
  shelf.store.sessions.hide(shelf.ids[3], noon + 5 * day).value();
  const auto gone = shelf.let_go({3, 0});
  CHECK(gone.sessions == 1);
  CHECK(gone.pictures == 3);
  CHECK_FALSE(shelf.is_there(old));
  CHECK_FALSE(shelf.is_there(shelf.picture_of(1)));
  CHECK(shelf.is_there(shelf.picture_of(3)));
  CHECK(shelf.is_there(young));
  CHECK(shelf.fits_chain());
}

namespace {

// A shelf on which each session was played, with a log of many events.
struct PlayedShelf : Shelf {
  std::vector<std::string> plays;
  PlayedShelf() {
    for (std::size_t i = 0; i < ids.size(); ++i) {
      PlayRecord play;
      play.session_id = ids[i];
      play.devices = R"(["max"])";
      play.started_at = noon + static_cast<std::int64_t>(i) * day;
      plays.push_back(store.plays.start(play).value().id);
      std::vector<PlayEvent> events;
      for (std::int64_t seq = 1; seq <= 25'000; ++seq) events.push_back({seq, 0, seq, "max", seq, {1, 2, 3}});
      store.plays.log(plays.back(), events).value();
      store.plays.end(plays.back(), PlayPhase::ended, play.started_at + 1).value();
    }
  }
  std::vector<bool> logged() {
    std::vector<bool> all;
    for (const auto& play : plays) all.push_back(!store.plays.events(play, {}).value().items.empty());
    return all;
  }
  std::int64_t used() { return store.database.used_bytes() + store.images.total_bytes(); }
};

}  // namespace

TEST_CASE("where the database counts, the oldest logs of plays go first, and their bytes come back") {
  PlayedShelf shelf;
  const auto before = shelf.used();
  const auto gone = shelf.let_go({0, 0, before - 100'000});
  CHECK(gone.logs == 1);
  CHECK(gone.sessions + gone.pictures == 0);
  CHECK(shelf.logged() == std::vector<bool>{false, true, true, true, true});
  CHECK(shelf.used() <= before - 100'000);
  CHECK(shelf.let_go({0, 0, before - 100'000}).logs == 0);
  CHECK(shelf.store.plays.get(shelf.plays[0])->state == PlayPhase::ended);
  CHECK(shelf.fits_chain());
}

TEST_CASE(
    "the log of a starred session's play stays, and so does that of a play of today or one that goes on") {
  PlayedShelf shelf;
  shelf.store.sessions.change(shelf.ids[0], {{}, {}, true}).value();
  PlayRecord open;
  open.session_id = shelf.ids[1];
  open.devices = "[]";
  open.started_at = noon;
  const auto going_on = shelf.store.plays.start(open).value().id;
  shelf.store.plays.log(going_on, std::vector<PlayEvent>{{1, 0, 1, "max", 1, {1}}}).value();
  shelf.store.plays.end(shelf.plays[4], PlayPhase::ended, noon + 5 * day).has_value();
  const auto gone = apply_retention(shelf.store, {0, 0, 1}, noon + 4 * day + 2,
                                    [](const std::string&, const Forgotten&) {});
  CHECK(gone.logs == 3);
  CHECK(shelf.logged() == std::vector<bool>{true, false, false, false, true});
  CHECK(shelf.store.plays.get(going_on)->events == 1);
}

TEST_CASE("no picture goes where all of them would not make room enough") {
  PlayedShelf shelf;
  const auto gone = shelf.let_go({0, 0, 1});
  CHECK(gone.too_large);
  CHECK(gone.logs == 4);
  CHECK(gone.sessions + gone.pictures == 0);
}

TEST_CASE("pictures have what the database leaves") {
  Shelf shelf;
  const auto gone = shelf.let_go({0, 0, shelf.store.database.used_bytes() + 30});
  CHECK_FALSE(gone.too_large);
  CHECK(shelf.store.images.total_bytes() == 30);
  CHECK(shelf.hidden() == std::vector<bool>{true, true, false, false, false});
}

TEST_CASE("what is let go of leaves the file") {
  const TemporaryDirectory folder;
  const auto size = [&] { return std::filesystem::file_size(folder.path() / "doodled.sqlite3"); };
  std::string play;
  {
    Store store(folder.path());
    PlayRecord record;
    record.session_id = store.sessions.append(score()).value().id;
    record.devices = "[]";
    record.started_at = noon;
    play = store.plays.start(record).value().id;
    std::vector<PlayEvent> events;
    for (std::int64_t seq = 1; seq <= 50'000; ++seq) events.push_back({seq, 0, seq, "max", seq, {1, 2, 3}});
    store.plays.log(play, events).value();
    store.plays.end(play, PlayPhase::ended, noon).value();
  }
  const auto before = size();
  {
    Store store(folder.path());
    remove_play_log(store.database, play);
    store.database.give_back();
  }
  CHECK(size() < before / 2);
}
