#include <array>
#include <set>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/clock.hpp"
#include "core/base/ids.hpp"
#include "core/base/json.hpp"
#include "core/base/random.hpp"

using namespace doodled;

TEST_CASE("strict JSON refuses what a careless reader lets pass") {
  for (const char* text : {R"({"a":1,"a":2})", "[1,]", "{} x", "", "[NaN]", "{'a':1}"}) {
    CAPTURE(text);
    CHECK(parse_json(text).has_error());
  }
  CHECK(parse_json(std::string(100, '[') + std::string(100, ']')).error().message.find("nested") !=
        std::string::npos);
  CHECK(parse_json(R"({"a":{"a":1}})").has_value());
}

TEST_CASE("text that is not UTF-8 is replaced instead of thrown at") {
  CHECK(to_text(Json("a\xff")) == "\"a\xEF\xBF\xBD\"");
}

TEST_CASE("ids are unique, sort by time and are recognised") {
  std::set<std::string> ids;
  for (int i = 0; i < 1000; ++i) ids.insert(new_id(1700000000000));
  CHECK(ids.size() == 1000);
  CHECK(new_id(1) < new_id(2));
  CHECK(is_id(*ids.begin()));
  CHECK_FALSE(is_id("not an id"));
}

TEST_CASE("a child of this process draws ids of its own") {
  new_id(1);  // some are drawn in advance
  std::array<int, 2> ends{};
  REQUIRE(::pipe(ends.data()) == 0);
  const pid_t child = ::fork();
  if (child == 0) {
    const auto id = new_id(1);
    ::_exit(::write(ends[1], id.data(), id.size()) == static_cast<ssize_t>(id.size()) ? 0 : 1);
  }
  std::string told(26, ' ');
  CHECK(::read(ends[0], told.data(), told.size()) == 26);
  int status = -1;
  CHECK(::waitpid(child, &status, 0) == child);
  for (const int end : ends) ::close(end);
  CHECK(status == 0);
  CHECK(is_id(told));
  CHECK(told != new_id(1));
}

TEST_CASE("SHA-256 of the standard's example") {
  CHECK(sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
}

TEST_CASE("times are written as RFC 3339 in UTC") {
  CHECK(to_rfc3339(1767225599123) == "2025-12-31T23:59:59.123Z");
}

TEST_CASE("seeded numbers are the published SplitMix64 sequence and stay in bounds") {
  Random random(1234567);
  CHECK(random.next() == 6457827717110365317u);
  CHECK(random.next() == 3203168211198807973u);
  for (int i = 0; i < 1000; ++i) {
    const int number = random.below(7);
    CHECK(number >= 0);
    CHECK(number < 7);
  }
  CHECK(part_seed(1, "a") != part_seed(1, "b"));
}
