#include "core/store/directory_lock.hpp"

#include <doctest/doctest.h>

#include "tests/unit/store/fixture.hpp"

using namespace doodled;

TEST_CASE("a data directory has one owner at a time") {
  test::TemporaryDirectory directory;
  {
    const auto first = DirectoryLock::acquire(directory.path() / "data");
    REQUIRE(first.has_value());

    const auto second = DirectoryLock::acquire(directory.path() / "data");
    REQUIRE_FALSE(second.has_value());
    CHECK(second.error().code == "data_dir_in_use");
  }
  CHECK(DirectoryLock::acquire(directory.path() / "data").has_value());
}
