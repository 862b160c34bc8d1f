#include "core/base/base64.hpp"

#include <doctest/doctest.h>

using namespace doodled;

// RFC 4648, section 10.
TEST_CASE("base64 goes both ways") {
  const std::pair<std::string, std::string> known[] = {{"", ""},
                                                       {"f", "Zg=="},
                                                       {"fo", "Zm8="},
                                                       {"foo", "Zm9v"},
                                                       {"foob", "Zm9vYg=="},
                                                       {"fooba", "Zm9vYmE="},
                                                       {"foobar", "Zm9vYmFy"}};
  for (const auto& [bytes, text] : known) {
    CHECK(base64(as_bytes(bytes)) == text);
    CHECK(from_base64(text) == bytes);
  }
  const std::string all("\x00\xff\x10\x80", 4);
  CHECK(from_base64(base64(as_bytes(all))) == all);
}

TEST_CASE("what is no base64 is nothing") {
  for (const std::string text : {"Zg", "Zg=", "Z===", "Zm9v\n", "Zm 9", "Zm-_", "=Zg=", "Zg==Zg=="})
    CHECK_FALSE(from_base64(text).has_value());
}
