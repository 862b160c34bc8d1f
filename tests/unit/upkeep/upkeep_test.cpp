#include "core/upkeep/upkeep.hpp"

#include <condition_variable>
#include <fstream>

#include <doctest/doctest.h>

#include "core/base/days.hpp"
#include "tests/fakes/manual_clock.hpp"
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
  bool was_backing_up() const {
    const std::lock_guard lock(mutex_);
    return was_backing_up_;
  }
  UpkeepState wait_for(const std::function<bool(const UpkeepState&)>& wanted) {
    std::unique_lock lock(mutex_);
    REQUIRE(changed_.wait_for(lock, std::chrono::seconds(60), [&] { return wanted(state_); }));
    return state_;
  }

 private:
  mutable std::mutex mutex_;
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

// One that makes backups by itself, at noon, with older ones in its folder.
struct ScheduledBox : Box {
  fakes::ManualClock noon_clock;
  ScheduledBox() {
    noon_clock.set(std::chrono::hours(12));
    options.backup_hours = 24;
    options.settle = {};
    std::filesystem::create_directories(options.folder);
  }
  std::string older(std::int64_t ago_ms) {
    auto name = backup_name(noon - ago_ms);
    std::ofstream(options.folder / name) << "a backup";
    return name;
  }
  static std::vector<std::string> names(const Upkeep& upkeep) {
    std::vector<std::string> all;
    for (const auto& file : upkeep.backups()) all.push_back(file.name);
    return all;
  }
};

}  // namespace

TEST_CASE("a backup that has become overdue while the box was off is made after the start") {
  ScheduledBox box;
  const auto old = box.older(25 * hour_ms);
  const Upkeep upkeep(box.store, box.noon_clock, box.options, box.told.hooks());
  CHECK_FALSE(box.told.wait_for_backup().backup_error);
  CHECK(ScheduledBox::names(upkeep) == std::vector<std::string>{backup_name(noon), old});
}

TEST_CASE("the first backup does not wait for an interval to pass") {
  ScheduledBox box;
  const Upkeep upkeep(box.store, box.noon_clock, box.options, box.told.hooks());
  box.told.wait_for_backup();
  CHECK(ScheduledBox::names(upkeep) == std::vector<std::string>{backup_name(noon)});
}

TEST_CASE("a backup that says it was made tomorrow does not stall the next") {
  ScheduledBox box;
  const auto ahead = box.older(-day_ms);
  const Upkeep upkeep(box.store, box.noon_clock, box.options, box.told.hooks());
  box.told.wait_for_backup();
  CHECK(ScheduledBox::names(upkeep) == std::vector<std::string>{ahead, backup_name(noon)});
}

TEST_CASE("no backup is made while the last is recent, nor in the first minute") {
  for (const bool recent : {true, false}) {
    CAPTURE(recent);
    ScheduledBox box;
    const auto before = box.older(recent ? 23 * hour_ms : 25 * hour_ms);
    if (!recent) box.options.settle = std::chrono::minutes(1);
    box.options.check_at_start = true;  // tells when the thread is about to look
    {
      const Upkeep upkeep(box.store, box.noon_clock, box.options, box.told.hooks());
      box.told.wait_for([](const UpkeepState& s) { return s.checked; });
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
      CHECK_FALSE(box.told.was_backing_up());
      CHECK(ScheduledBox::names(upkeep) == std::vector<std::string>{before});
    }
  }
}

TEST_CASE("the age of the newest backup is known, where there is one") {
  ScheduledBox box;
  box.options.backup_hours = 0;
  const Upkeep upkeep(box.store, box.noon_clock, box.options, box.told.hooks());
  CHECK_FALSE(upkeep.backup_age());
  box.older(-day_ms);
  CHECK_FALSE(upkeep.backup_age());
  for (const int hours : {5, 2, 9}) box.older(hours * hour_ms);
  CHECK(upkeep.backup_age() == 2 * hour_ms);
}

TEST_CASE("after each new backup only the newest stay") {
  ScheduledBox box;
  box.options.backup_keep = 2;
  for (const int days : {2, 3, 4}) box.older(days * day_ms);
  std::ofstream(box.options.folder / "notes.txt") << "mine";
  const Upkeep upkeep(box.store, box.noon_clock, box.options, box.told.hooks());
  box.told.wait_for_backup();
  CHECK(ScheduledBox::names(upkeep) ==
        std::vector<std::string>{backup_name(noon), backup_name(noon - 2 * day_ms)});
  CHECK(std::filesystem::exists(box.options.folder / "notes.txt"));
}

TEST_CASE("a backup that fails removes none") {
  ScheduledBox box;
  box.options.backup_keep = 1;
  const auto old = box.older(3 * day_ms), older = box.older(4 * day_ms);
  std::ofstream(box.options.folder / backup_name(noon)) << "in the way";
  Upkeep upkeep(box.store, box.noon_clock, box.options, box.told.hooks());
  upkeep.begin_backup();
  CHECK(
      box.told.wait_for([](const UpkeepState& s) { return s.backup_error.has_value(); }).backup_error->code ==
      "backup_exists");
  CHECK(ScheduledBox::names(upkeep) == std::vector<std::string>{backup_name(noon), old, older});
}

TEST_CASE("a backup that failed is tried again in minutes, not after an interval, and counted") {
  ScheduledBox box;
  std::filesystem::remove_all(box.options.folder);
  std::ofstream(box.options.folder) << "in the way";
  std::optional<Upkeep> upkeep(std::in_place, box.store, box.noon_clock, box.options, box.told.hooks());
  const auto failed = [](int times) {
    return [times](const UpkeepState& s) { return s.backup_failures == times; };
  };
  CHECK(box.told.wait_for(failed(1)).backup_error->code == "backup_failed");
  box.noon_clock.advance(std::chrono::minutes(4));
  upkeep->wake();
  std::this_thread::sleep_for(std::chrono::milliseconds(50));
  CHECK(upkeep->state().backup_failures == 1);
  box.noon_clock.advance(std::chrono::minutes(1));
  upkeep->wake();
  box.told.wait_for(failed(2));
  std::filesystem::remove(box.options.folder);
  box.noon_clock.advance(std::chrono::minutes(10));
  upkeep->wake();
  CHECK_FALSE(box.told.wait_for(failed(0)).backup_error);
  CHECK(ScheduledBox::names(*upkeep).size() == 1);
}

TEST_CASE("nothing goes by its age while the clock is doubted") {
  for (const bool synchronised : {false, true}) {
    CAPTURE(synchronised);
    ScheduledBox box;
    box.options.backup_hours = 0;
    box.options.retention.max_days = 30;
    box.options.synchronised = [synchronised] { return synchronised; };
    const auto old = box.store.sessions.append(score("old")).value().id;
    box.noon_clock.set(std::chrono::hours(24 * 3650));
    {
      Upkeep upkeep(box.store, box.noon_clock, box.options, box.told.hooks());
      if (!synchronised) box.told.wait_for([](const UpkeepState& s) { return s.clock_doubted; });
      box.noon_clock.advance(std::chrono::hours(2));  // retention comes an hour after the start
      upkeep.wake();
      std::this_thread::sleep_for(std::chrono::milliseconds(200));
      CHECK(upkeep.state().clock_doubted == !synchronised);
    }
    CHECK(box.store.sessions.get(old).value().hidden == synchronised);
  }
}

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
