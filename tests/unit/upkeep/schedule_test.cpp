#include "core/upkeep/schedule.hpp"

#include <doctest/doctest.h>

#include "core/base/days.hpp"
#include "core/upkeep/backup.hpp"
#include "tests/unit/store/fixture.hpp"

using namespace doodled;
using namespace doodled::test;

TEST_CASE("without a backup one is due now") { CHECK(next_backup_at({}, day_ms, noon) == noon); }

TEST_CASE("the next backup is due one interval after the newest, whenever the program began") {
  CHECK(next_backup_at({noon - 2 * hour_ms, noon - hour_ms, noon - 9 * day_ms}, day_ms, noon) ==
        noon - hour_ms + day_ms);
  CHECK(next_backup_at({noon - 3 * day_ms}, day_ms, noon) == noon - 2 * day_ms);
}

TEST_CASE("a backup from the future delays nothing") {
  CHECK(next_backup_at({noon + 365 * day_ms}, day_ms, noon) == noon);
  CHECK(next_backup_at({noon + 365 * day_ms, noon - hour_ms}, day_ms, noon) == noon - hour_ms + day_ms);
}

TEST_CASE("the newest backups stay, however they are listed") {
  const auto name = [](int days) { return backup_name(noon + days * day_ms); };
  CHECK(superseded_backups({name(-3), name(-1), name(-2), name(0)}, 2, noon) ==
        std::vector<std::string>{name(-2), name(-3)});
  CHECK(superseded_backups({name(-1), name(0)}, 2, noon).empty());
  CHECK(superseded_backups({}, 2, noon).empty());
}

TEST_CASE("backups of a clock that was ahead go before the one just made") {
  const auto name = [](int days) { return backup_name(noon + days * day_ms); };
  CHECK(superseded_backups({name(400), name(0), name(401), name(-1)}, 2, noon) ==
        std::vector<std::string>{name(401), name(400)});
  CHECK(superseded_backups({name(400), name(0), name(401)}, 2, noon) == std::vector<std::string>{name(400)});
}

TEST_CASE("a backup that failed is tried again after minutes, then after up to an hour") {
  CHECK(backup_retry(1) == std::chrono::minutes(5));
  CHECK(backup_retry(2) == std::chrono::minutes(10));
  CHECK(backup_retry(4) == std::chrono::minutes(40));
  for (const int many : {5, 6, 100, 1'000'000}) CHECK(backup_retry(many) == std::chrono::minutes(60));
}
