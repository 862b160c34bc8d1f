#include "core/store/idempotency.hpp"

#include <doctest/doctest.h>

#include "tests/unit/store/fixture.hpp"

using namespace doodled;
using namespace doodled::test;

TEST_CASE("a key remembers what was made, each call by itself") {
  StoreFixture fixture;
  auto& keys = fixture.store.idempotency_keys;
  const IdempotencyKey key{"sessions", "k", "hash"};
  CHECK_FALSE(keys.find(key).value());

  keys.remember(key, "made", noon);

  CHECK(keys.find(key).value() == "made");
  CHECK_FALSE(keys.find({"jobs", "k", "hash"}).value());
  CHECK(keys.find({"sessions", "k", "other"}).error().code == "idempotency_key_reused");
}

TEST_CASE("old keys are dropped, young ones stay") {
  StoreFixture fixture;
  auto& keys = fixture.store.idempotency_keys;
  keys.remember({"jobs", "old", "h"}, "a", noon);
  keys.remember({"jobs", "young", "h"}, "b", noon + 10);

  CHECK(keys.drop_older_than(noon + 10) == 1);

  CHECK_FALSE(keys.find({"jobs", "old", "h"}).value());
  CHECK(keys.find({"jobs", "young", "h"}).value() == "b");
}
