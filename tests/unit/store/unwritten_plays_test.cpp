#include "core/store/unwritten_plays.hpp"

#include <doctest/doctest.h>
#include <sqlite3.h>

#include "tests/unit/store/failing_vfs.hpp"
#include "tests/unit/store/fixture.hpp"

using namespace doodled;
using namespace doodled::test;

namespace {

struct FullDisk {
  FailingVfs vfs;
  TemporaryDirectory directory;
  Store store{directory.path(), {.vfs = FailingVfs::name()}};
  std::string session = store.sessions.append(score()).value().id;
  UnwrittenPlays unwritten;

  PlayRecord play(const std::string& id) {
    PlayRecord play;
    play.id = id;
    play.session_id = session;
    play.devices = "[]";
    play.started_at = noon;
    return play;
  }
  void write_to_full_disk() {
    vfs.fail(1, SQLITE_FULL);
    unwritten.write(store.plays);
    REQUIRE(vfs.has_failed());
  }
};

}  // namespace

TEST_CASE("a play that began and ended while the disk was full is written down when there is room") {
  FullDisk disk;
  disk.unwritten.begun(disk.play("a"));
  CHECK(disk.unwritten.find("a")->state == PlayPhase::waiting);
  disk.unwritten.over("a", PlayPhase::stopped, noon + 7);
  disk.write_to_full_disk();
  CHECK(disk.unwritten.find("a")->state == PlayPhase::stopped);
  CHECK_FALSE(disk.store.plays.get("a").has_value());

  disk.unwritten.write(disk.store.plays);
  CHECK_FALSE(disk.unwritten.find("a").has_value());
  const auto play = disk.store.plays.get("a").value();
  CHECK(play.state == PlayPhase::stopped);
  CHECK(play.ended_at == noon + 7);
}

TEST_CASE("the end of a play is written down late, too") {
  FullDisk disk;
  disk.store.plays.start(disk.play("a")).value();
  disk.unwritten.over("a", PlayPhase::ended, noon + 7);
  CHECK_FALSE(disk.unwritten.find("a").has_value());
  disk.write_to_full_disk();
  CHECK_FALSE(disk.store.plays.get("a")->ended_at.has_value());

  disk.unwritten.write(disk.store.plays);
  CHECK(disk.store.plays.get("a")->state == PlayPhase::ended);
}

TEST_CASE("a play whose session has gone meanwhile keeps no other from being written down") {
  FullDisk disk;
  auto orphan = disk.play("a");
  orphan.session_id = "none";
  disk.unwritten.begun(orphan);
  disk.unwritten.begun(disk.play("b"));
  disk.unwritten.write(disk.store.plays);
  CHECK_FALSE(disk.store.plays.get("a").has_value());
  CHECK(disk.store.plays.get("b").has_value());
}

TEST_CASE("of very many plays the newest are remembered") {
  FullDisk disk;
  for (std::size_t i = 0; i <= UnwrittenPlays::most; ++i)
    disk.unwritten.begun(disk.play("play " + std::to_string(10'000 + i)));
  CHECK_FALSE(disk.unwritten.find("play 10000").has_value());
  CHECK(disk.unwritten.find("play 10001").has_value());
  CHECK(disk.unwritten.find("play 11000").has_value());
}
