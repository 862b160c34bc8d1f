// A store with those who were let in, and a clock that stands still.
#pragma once
#include "core/access/tokens.hpp"
#include "tests/fakes/manual_clock.hpp"
#include "tests/unit/store/fixture.hpp"

namespace doodled::test {

struct AccessFixture : StoreFixture {
  fakes::ManualClock clock;
  TokenRecords records{store.database};
  Tokens tokens{records, clock};
};

}  // namespace doodled::test
