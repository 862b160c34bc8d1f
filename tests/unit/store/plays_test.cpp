#include "core/store/plays.hpp"

#include <doctest/doctest.h>

#include "tests/unit/store/fixture.hpp"

using namespace doodled;
using namespace doodled::test;

namespace {

struct PlaysSetup : StoreFixture {
  Plays& plays = store.plays;
  std::string session = store.sessions.append(score()).value().id;
  PlayRecord start() {
    PlayRecord play;
    play.session_id = session;
    play.devices = R"(["max"])";
    play.loops = 2;
    play.quantise = "bar";
    play.started_at = noon;
    return plays.start(play).value();
  }
};

PlayEvent event(std::int64_t seq) {
  return {seq,        static_cast<int>(seq / 3),
          seq * 240,  "max",
          seq * 1000, {0x90, 0x00, static_cast<std::uint8_t>(seq)}};
}

}  // namespace

TEST_CASE("the history can be narrowed to what was played on a device") {
  PlaysSetup setup;
  CHECK(setup.store.sessions.list({.device = "max"}, {}).value().items.empty());
  setup.start();
  setup.start();
  CHECK(setup.store.sessions.list({.device = "max"}, {}).value().items.size() == 1);
  CHECK(setup.store.sessions.list({.device = "ma"}, {}).value().items.empty());
}

TEST_CASE("a play is kept from its start to its end") {
  PlaysSetup setup;
  const auto started = setup.start();
  CHECK(started.state == PlayPhase::waiting);
  CHECK_FALSE(started.ended_at);

  CHECK(setup.plays.set_state(started.id, PlayPhase::playing).has_value());
  CHECK(setup.plays.get(started.id)->state == PlayPhase::playing);
  setup.plays.end(started.id, PlayPhase::failed, noon + 5, R"({"code":"device_lost"})").value();
  setup.plays.end(started.id, PlayPhase::ended, noon + 9).value();

  const auto ended = setup.plays.get(started.id).value();
  CHECK(ended.state == PlayPhase::failed);
  CHECK(ended.ended_at == noon + 5);
  CHECK(ended.error == R"({"code":"device_lost"})");
  CHECK(ended.devices == R"(["max"])");
  CHECK(ended.loops == 2);
  CHECK(ended.quantise == "bar");
}

TEST_CASE("a play of nothing is refused, and what is not there is told") {
  PlaysSetup setup;
  PlayRecord play;
  play.session_id = "nothing";
  play.devices = "[]";
  CHECK(setup.plays.start(play).error().code == "unknown_session");
  play.session_id = setup.session;
  play.job_id = "nothing";
  CHECK(setup.plays.start(play).error().code == "unknown_job");
  CHECK(setup.plays.get("nothing").error().code == "unknown_play");
  CHECK(setup.plays.end("nothing", PlayPhase::ended, noon).error().code == "unknown_play");
  CHECK(setup.plays.log("nothing", {}).error().code == "unknown_play");
  CHECK(setup.plays.events("nothing", {}).error().code == "unknown_play");
}

TEST_CASE("the log comes back page by page as it was written, zero bytes and all") {
  PlaysSetup setup;
  const auto play = setup.start();
  std::vector<PlayEvent> sent;
  for (int seq = 1; seq <= 7; ++seq) sent.push_back(event(seq));
  sent[6].bytes.clear();

  CHECK(setup.plays.log(play.id, std::span(sent).first(4)).has_value());
  CHECK(setup.plays.log(play.id, std::span(sent).subspan(3))
            .has_value());  // the fourth again: a batch was repeated

  std::vector<PlayEvent> read;
  PageRequest request{3, {}};
  do {
    const auto page = setup.plays.events(play.id, request).value();
    read.insert(read.end(), page.items.begin(), page.items.end());
    request.cursor = page.next_cursor;
  } while (!request.cursor.empty());
  CHECK(read == sent);
  CHECK(setup.plays.get(play.id)->events == 7);
}

TEST_CASE("plays are listed from the newest, of all sessions or of one") {
  PlaysSetup setup;
  const auto first = setup.start(), second = setup.start();
  setup.session = setup.store.sessions.append(score()).value().id;
  const auto other = setup.start();

  const auto page = setup.plays.list({}, {2, {}}).value();
  REQUIRE(page.items.size() == 2);
  CHECK(page.items[0].id == other.id);
  CHECK(page.items[1].id == second.id);
  CHECK(setup.plays.list({}, {2, page.next_cursor})->items[0].id == first.id);
  CHECK(setup.plays.list(setup.session, {})->items.size() == 1);
}

TEST_CASE("plays that a crash left open are interrupted at the next start") {
  PlaysSetup setup;
  const auto open = setup.start(), ended = setup.start();
  setup.plays.end(ended.id, PlayPhase::stopped, noon).value();

  const auto interrupted = setup.plays.interrupt_open(noon + 1);

  REQUIRE(interrupted.size() == 1);
  CHECK(interrupted[0].id == open.id);
  CHECK(setup.plays.get(open.id)->state == PlayPhase::interrupted);
  CHECK(setup.plays.get(open.id)->ended_at == noon + 1);
  CHECK(setup.plays.get(ended.id)->state == PlayPhase::stopped);
  CHECK(setup.plays.interrupt_open(noon + 2).empty());
}

TEST_CASE("a job names the plays it has started") {
  PlaysSetup setup;
  const auto job = setup.store.jobs.submit(wish()).value().job;
  PlayRecord play;
  play.session_id = setup.session;
  play.job_id = job.id;
  play.devices = "[]";

  const auto started = setup.plays.start(play).value();

  CHECK(setup.store.jobs.get(job.id)->play_ids == std::vector{started.id});
}

TEST_CASE("what a play went on with is kept in the order in which it sounded") {
  PlaysSetup setup;
  const auto play = setup.start();
  CHECK(setup.plays.versions(play.id, true)->empty());
  setup.plays.add_version(play.id, {2, 960, R"({"title":"b"})"}).value();
  setup.plays.add_version(play.id, {5, 3840, R"({"title":"c"})"}).value();

  CHECK(setup.plays.versions(play.id, true).value() ==
        std::vector<PlayVersion>{{2, 960, R"({"title":"b"})"}, {5, 3840, R"({"title":"c"})"}});
  CHECK(setup.plays.versions(play.id, false).value() ==
        std::vector<PlayVersion>{{2, 960, ""}, {5, 3840, ""}});
  CHECK(setup.plays.version(play.id, 5)->document == R"({"title":"c"})");
  CHECK(setup.plays.version(play.id, 3).error().code == "unknown_version");
  CHECK(setup.plays.versions("nothing", true).error().code == "unknown_play");
}

TEST_CASE("a replay names the play that it plays again") {
  PlaysSetup setup;
  const auto first = setup.start();
  CHECK(first.replay_of.empty());
  PlayRecord again = first;
  again.id.clear();
  again.replay_of = first.id;
  CHECK(setup.plays.start(again)->replay_of == first.id);
  again.replay_of = "nothing";
  CHECK(setup.plays.start(again).error().code == "unknown_play");
}

TEST_CASE("how far a play had come is the place of the last packet in its log") {
  PlaysSetup setup;
  const auto id = setup.start().id;
  CHECK(setup.plays.place(id)->tick == 0);
  setup.plays.log(id, std::vector{event(1), event(7)});
  CHECK(setup.plays.place(id)->loop == 2);
  CHECK(setup.plays.place(id)->tick == 7 * 240);
  CHECK(setup.plays.place(id)->document.empty());
  setup.plays.add_version(id, {2, 3840, R"({"title":"next"})"});
  CHECK(setup.plays.place(id)->document == R"({"title":"next"})");
  CHECK(setup.plays.place("nothing").error().code == "unknown_play");
}

TEST_CASE("plays that were interrupted are to be resumed once, where that was asked for") {
  PlaysSetup setup;
  PlayRecord play;
  play.session_id = setup.session;
  play.devices = R"(["max"])";
  play.started_at = noon;
  play.resume = true;
  const auto interrupted = setup.plays.start(play)->id;
  const auto ended = setup.plays.start(play)->id;
  setup.start();
  CHECK(setup.plays.end(ended, PlayPhase::ended, noon).has_value());
  setup.plays.interrupt_open(noon);

  const auto resumable = setup.plays.take_resumable();

  REQUIRE(resumable.size() == 1);
  CHECK(resumable[0].id == interrupted);
  CHECK(setup.plays.take_resumable().empty());
  CHECK_FALSE(setup.plays.get(interrupted)->resume);
}
