#include "core/upkeep/upkeep.hpp"

#include <condition_variable>

#include <doctest/doctest.h>

#include "tests/unit/store/fixture.hpp"

using namespace doodled;
using namespace doodled::test;

namespace {

// Waits for what is told.
class Told {
 public:
  Upkeep::Hooks hooks() {
    return {[](const std::string&, const Forgotten&) {},
            [this](const UpkeepState& state) {
              const std::lock_guard lock(mutex_);
              state_ = state;
              was_backing_up_ = was_backing_up_ || state.backing_up;
              changed_.notify_all();
            }};
  }
  UpkeepState wait_for_backup() {
    return wait_for([this](const UpkeepState& state) { return was_backing_up_ && !state.backing_up; });
  }
  UpkeepState wait_for(const std::function<bool(const UpkeepState&)>& wanted) {
    std::unique_lock lock(mutex_);
    REQUIRE(changed_.wait_for(lock, std::chrono::seconds(60), [&] { return wanted(state_); }));
    return state_;
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  UpkeepState state_;
  bool was_backing_up_ = false;
};

struct Box : StoreFixture {
  Told told;
  SystemClock clock;
  UpkeepOptions options;
  Box() {
    options.folder = directory.path() / "backups";
    options.check_at_start = false;
    options.program = "test";
    store.sessions.append(score()).value();
  }
};

}  // namespace

TEST_CASE("the chain is checked after the start") {
  Box box;
  box.options.check_at_start = true;
  const Upkeep upkeep(box.store, box.clock, box.options, box.told.hooks());
  const auto state = box.told.wait_for([](const UpkeepState& s) { return s.checked; });
  CHECK_FALSE(state.fault);
}

TEST_CASE("a backup that is asked for is made, listed and can be removed") {
  Box box;
  Upkeep upkeep(box.store, box.clock, box.options, box.told.hooks());
  CHECK(upkeep.begin_backup());
  CHECK(upkeep.state().backing_up);
  const auto state = box.told.wait_for_backup();
  CHECK_FALSE(state.backup_error);
  const auto files = upkeep.backups();
  REQUIRE(files.size() == 1);
  CHECK(upkeep.backup(files[0].name).has_value());
  CHECK(upkeep.remove_backup(files[0].name).has_value());
  CHECK(upkeep.backups().empty());
}

TEST_CASE("only backups can be fetched or removed") {
  Box box;
  Upkeep upkeep(box.store, box.clock, box.options, box.told.hooks());
  for (const std::string name :
       {"", "../doodled.sqlite3", "doodled.sqlite3", "doodled-20260101-120000.zip"}) {
    CHECK(upkeep.backup(name).error().code == "unknown_backup");
    CHECK(upkeep.remove_backup(name).error().code == "unknown_backup");
  }
}

TEST_CASE("a folder that can't be written fails the backup and nothing else") {
  Box box;
  box.options.folder = box.directory.path() / "doodled.sqlite3" / "below a file";
  Upkeep upkeep(box.store, box.clock, box.options, box.told.hooks());
  upkeep.begin_backup();
  const auto state = box.told.wait_for([](const UpkeepState& s) { return s.backup_error.has_value(); });
  CHECK(state.backup_error->code == "backup_failed");
  CHECK(box.store.sessions.count() == 1);
}
