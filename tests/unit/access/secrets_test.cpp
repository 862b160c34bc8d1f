#include "core/access/secrets.hpp"

#include <set>

#include <doctest/doctest.h>

using namespace doodled;

TEST_SUITE("secrets") {
  TEST_CASE("a token's secret says what it is and is never the same twice") {
    std::set<std::string> seen;
    for (int i = 0; i < 100; ++i) {
      const auto secret = new_token_secret();
      CHECK(secret.starts_with("doodled_"));
      CHECK(secret.size() == 51);
      seen.insert(secret);
    }
    CHECK(seen.size() == 100);
  }

  TEST_CASE("a code has eight characters that nobody takes for another") {
    for (int i = 0; i < 100; ++i) {
      const auto code = new_code();
      CHECK(code.size() == 8);
      CHECK(code.find_first_not_of("0123456789ABCDEFGHJKMNPQRSTVWXYZ") == std::string::npos);
      CHECK(typed_code(shown_code(code)) == code);
    }
  }

  TEST_CASE("a code may be typed as people type") {
    CHECK(shown_code("7K4PXW2M") == "7K4P-XW2M");
    CHECK(typed_code("7k4p-xw2m") == "7K4PXW2M");
    CHECK(typed_code(" 7K4P XW2M ") == "7K4PXW2M");
    CHECK(typed_code("oiL0-0000") == "01100000");
    CHECK(typed_code("").empty());
  }

  TEST_CASE("secrets are the same when every byte is") {
    CHECK(same_secret("abc", "abc"));
    CHECK(same_secret("", ""));
    CHECK_FALSE(same_secret("abc", "abd"));
    CHECK_FALSE(same_secret("abc", "ab"));
    CHECK_FALSE(same_secret("", "a"));
  }
}
