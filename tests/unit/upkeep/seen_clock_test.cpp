#include "core/upkeep/seen_clock.hpp"

#include <fstream>

#include <doctest/doctest.h>

#include "core/base/days.hpp"
#include "tests/unit/store/fixture.hpp"

using namespace doodled;
using namespace doodled::test;

namespace {

constexpr std::int64_t year_ms = 365 * day_ms;

// Looks once an hour through these days; whether it was believed all the time, and at the end.
struct Days {
  bool always = true, at_the_end = true;
};
Days look_through(SeenClock& seen, std::int64_t from, int days) {
  Days result;
  for (std::int64_t at = from; at <= from + days * day_ms; at += hour_ms) {
    result.at_the_end = believe(seen, at, false);
    result.always = result.always && result.at_the_end;
  }
  return result;
}

}  // namespace

TEST_CASE("a clock that goes on is believed, over a weekend without power too") {
  SeenClock seen{noon, {}, {}};
  CHECK(look_through(seen, noon, 30).always);
  CHECK(believe(seen, noon + 33 * day_ms, false));
  CHECK(seen.believed == noon + 33 * day_ms);
}

TEST_CASE("a clock that jumps ahead is not believed until it has stayed for a week") {
  SeenClock seen{noon, {}, {}};
  const auto wrong = noon + 10 * year_ms;
  CHECK_FALSE(look_through(seen, wrong, 6).at_the_end);
  CHECK(seen.believed == noon);
  CHECK(believe(seen, wrong + 7 * day_ms, false));
  CHECK(look_through(seen, wrong + 7 * day_ms, 30).always);
}

TEST_CASE("after a long time without power the box needs a week, however often it is switched off") {
  SeenClock seen{noon, {}, {}};
  const auto back = noon + 60 * day_ms;
  for (const int day : {0, 1, 4, 6}) CHECK_FALSE(believe(seen, back + day * day_ms, false));
  CHECK(believe(seen, back + 8 * day_ms, false));
}

TEST_CASE("a second jump begins the week anew, and so does a way back behind the first") {
  SeenClock seen{noon, {}, {}};
  const auto wrong = noon + year_ms;
  believe(seen, wrong, false);
  CHECK_FALSE(believe(seen, wrong + 8 * day_ms, false));  // in one leap
  CHECK_FALSE(believe(seen, wrong + 14 * day_ms, false));
  CHECK_FALSE(believe(seen, wrong - 100 * day_ms, false));
  CHECK_FALSE(believe(seen, wrong - 94 * day_ms, false));
  CHECK(believe(seen, wrong - 93 * day_ms, false));
}

TEST_CASE("a time server is believed at once, and what was wrong before it is forgotten") {
  SeenClock seen{noon + 10 * year_ms, noon + 20 * year_ms, noon + 20 * year_ms};
  CHECK(believe(seen, noon, true));
  CHECK(seen.believed == noon);
  CHECK_FALSE(seen.jumped);
}

TEST_CASE("a clock that was set back harms nothing, nor does its way forth") {
  SeenClock seen{noon, {}, {}};
  CHECK(believe(seen, noon - 20 * year_ms, false));
  CHECK(believe(seen, noon + hour_ms, false));
}

TEST_CASE("what was seen of the clock is kept") {
  const TemporaryDirectory folder;
  const auto file = folder.path() / "clock-seen";
  CHECK_FALSE(load_seen_clock(file));
  save_seen_clock(file, {noon, {}, {}});
  CHECK(load_seen_clock(file)->believed == noon);
  CHECK_FALSE(load_seen_clock(file)->jumped);
  save_seen_clock(file, {noon, noon + year_ms, noon + year_ms + 1});
  CHECK(load_seen_clock(file)->jumped == noon + year_ms);
  CHECK(load_seen_clock(file)->last == noon + year_ms + 1);
  std::ofstream(file) << "what?";
  CHECK_FALSE(load_seen_clock(file));
}
