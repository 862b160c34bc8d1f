#include "server/http/seats.hpp"

#include <vector>

#include <doctest/doctest.h>

using namespace doodled::http;

TEST_SUITE("seats") {
  TEST_CASE("a client has so many connections at once, and others have theirs") {
    Seats seats(100, 2);
    auto first = seats.take("a"), second = seats.take("a");
    REQUIRE(first);
    REQUIRE(second);
    CHECK_FALSE(seats.take("a"));
    CHECK(seats.take("b"));
    first.reset();
    first = seats.take("a");
    CHECK(first);
    CHECK_FALSE(seats.take("a"));
  }

  TEST_CASE("when all are taken nobody gets one until one is given back") {
    Seats seats(2, 2);
    auto first = seats.take("a"), second = seats.take("");
    CHECK_FALSE(seats.take("b"));
    CHECK(seats.taken() == 2);
    second.reset();
    CHECK(seats.take("b"));
    CHECK(seats.taken() == 1);
  }

  TEST_CASE("who has no name is not counted") {
    Seats seats(100, 1);
    std::vector<std::unique_ptr<Seats::Seat>> taken;
    for (int i = 0; i < 10; ++i) taken.push_back(seats.take(""));
    for (const auto& seat : taken) CHECK(seat);
  }
}
