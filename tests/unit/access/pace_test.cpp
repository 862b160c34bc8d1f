#include "core/access/pace.hpp"

#include <doctest/doctest.h>

using namespace doodled;
using namespace std::chrono_literals;

TEST_SUITE("pace") {
  TEST_CASE("so many at once, then as many as the time allows") {
    Pace pace({3, 0.5});
    for (int i = 0; i < 3; ++i) CHECK_FALSE(pace.take("a", 0s));
    CHECK(pace.take("a", 0s) == 2s);
    CHECK(pace.take("a", 1s) == 1s);
    CHECK_FALSE(pace.take("a", 2s));
    CHECK(pace.take("a", 2s) == 2s);
  }

  TEST_CASE("being refused costs nothing, and one client's haste is not another's") {
    Pace pace({1, 1});
    CHECK_FALSE(pace.take("a", 0s));
    for (int i = 0; i < 10; ++i) CHECK(pace.take("a", 0s) == 1s);
    CHECK_FALSE(pace.take("a", 1s));
    CHECK_FALSE(pace.take("b", 1s));
  }

  TEST_CASE("asking how long to wait counts nothing") {
    Pace pace({1, 1});
    CHECK_FALSE(pace.wait("a", 0s));
    CHECK_FALSE(pace.take("a", 0s));
    CHECK(pace.wait("a", 0s) == 1s);
    CHECK_FALSE(pace.wait("a", 1s));
  }

  TEST_CASE("a rest of any length earns no more than so many at once") {
    Pace pace({2, 100});
    CHECK_FALSE(pace.take("a", 0s));
    CHECK_FALSE(pace.take("a", 3600s));
    CHECK_FALSE(pace.take("a", 3600s));
    CHECK(pace.take("a", 3600s));
  }

  TEST_CASE("more clients than are remembered share what is left, and those who rest make room") {
    Pace pace({1, 1}, 2);
    CHECK_FALSE(pace.take("a", 0s));
    CHECK_FALSE(pace.take("b", 0s));
    CHECK_FALSE(pace.take("c", 0s));
    CHECK(pace.take("d", 0s));
    CHECK(pace.wait("e", 0s));
    CHECK_FALSE(pace.take("d", 10s));
    CHECK_FALSE(pace.take("e", 10s));
  }
}
