#include "server/http/text.hpp"

#include <doctest/doctest.h>

using namespace doodled::http;

TEST_SUITE("text") {
  TEST_CASE("percent-encoding is decoded, and what is malformed is no text") {
    CHECK(percent_decode("a%20b%2Fc") == "a b/c");
    CHECK(percent_decode("a+b") == "a+b");
    CHECK(percent_decode("a+b", true) == "a b");
    for (const auto* text : {"%", "%2", "%zz", "a%0", "%00"}) {
      CAPTURE(text);
      CHECK_FALSE(percent_decode(text));
    }
  }

  TEST_CASE("a query is names and values in their order") {
    const auto query = parse_query("topics=jobs%2Cplays&since=12&flag&a=b=c&");

    REQUIRE(query);
    CHECK(*query == Fields{{"topics", "jobs,plays"}, {"since", "12"}, {"flag", ""}, {"a", "b=c"}});
    CHECK(parse_query("")->empty());
    CHECK_FALSE(parse_query("a=%4"));
  }

  TEST_CASE("a header's parameters may be quoted, escaped and in any case") {
    const auto* header = R"(form-data; NAME="a\"b;c" ; filename = plain.png; flag)";

    CHECK(header_parameter(header, "name") == R"(a"b;c)");
    CHECK(header_parameter(header, "filename") == "plain.png");
    CHECK_FALSE(header_parameter(header, "other"));
    CHECK_FALSE(header_parameter(R"(form-data; name="never ends)", "name"));
    CHECK(media_type(" Text/HTML ; charset=utf-8") == "text/html");
  }

  TEST_CASE("a list is split at commas and compared without case") {
    CHECK(list_has("keep-alive, Upgrade", "upgrade"));
    CHECK_FALSE(list_has("upgraded", "upgrade"));
    CHECK(split_list(" a ,, b ") == std::vector<std::string_view>{"a", "b"});
  }
}
