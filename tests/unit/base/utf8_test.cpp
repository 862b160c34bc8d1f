#include "core/base/utf8.hpp"

#include <doctest/doctest.h>

using namespace doodled;

TEST_CASE("UTF-8 is what Unicode says it is") {
  for (const auto* good :
       {"", "a", "\xc3\xa4", "\xe2\x82\xac", "\xf0\x9f\x8e\xb9", "\xed\x9f\xbf", "\xf4\x8f\xbf\xbf"}) {
    CAPTURE(good);
    CHECK(is_utf8(good));
  }
  for (const auto* bad :
       {"\x80", "\xc0\xaf", "\xc1\xbf", "\xe0\x9f\xbf", "\xed\xa0\x80", "\xf0\x8f\xbf\xbf",
        "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xe2\x82", "\xf0\x9f\x8e", "\xe2\x28\xa1"}) {
    CAPTURE(bad);
    CHECK_FALSE(is_utf8(bad));
  }
}

TEST_CASE("of text that goes on, what is whole and what can never be is known at each cut") {
  CHECK(whole_utf8("a\xe2\x82\xac") == 4);
  for (const auto* cut : {"a\xe2", "a\xe2\x82", "a\xf0", "a\xf0\x9f\x8e", "a\xe0", "a"}) {
    CAPTURE(cut);
    CHECK(whole_utf8(cut) == 1);
  }
  for (const auto* hopeless : {"\x80", "\xc0", "\xe0\x9f", "\xed\xa0", "\xf4\x90", "\xf5", "\xf0\x9f\x28"}) {
    CAPTURE(hopeless);
    CHECK_FALSE(whole_utf8(hopeless));
  }
}

TEST_CASE("text of unknown origin becomes UTF-8 without control characters, and is cut between characters") {
  CHECK(clean_text("caf\xe9\n", 100) == "caf\xc3\xa9");
  CHECK(clean_text("caf\xc3\xa9", 100) == "caf\xc3\xa9");
  CHECK(clean_text("caf\xc3\xa9", 4) == "caf");
}
