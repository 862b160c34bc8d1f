#include "core/interpret/llm/reading/shorten.hpp"

#include <doctest/doctest.h>

using namespace doodled;
using namespace doodled::llm;

namespace {

const Json schema = Json::parse(R"({"type": "object", "properties": {
  "title": {"type": "string", "maxLength": 5},
  "kind": {"type": "string", "enum": ["drawing"], "maxLength": 3},
  "seen": {"type": "array", "items": {"type": "object", "properties": {"words": {"type": "string", "maxLength": 4}}}}}})");

Json shortened(const char* text) {
  Json value = Json::parse(text);
  CHECK(shorten_texts(value, schema));
  return value;
}

}  // namespace

TEST_CASE("a text that is too long is cut to the length that was asked for, wherever it stands") {
  CHECK(shortened(R"({"title": "Moonlight"})")["title"] == "Moon…");
  CHECK(shortened(R"({"seen": [{"words": "one"}, {"words": "circle"}]})")["seen"][1]["words"] == "cir…");
}

TEST_CASE("characters are counted, not bytes, and none is cut in two") {
  CHECK(shortened(R"({"title": "éèêëēė"})")["title"] == "éèêë…");
  Json value = Json::parse(R"({"title": "éèêëē"})");
  CHECK_FALSE(shorten_texts(value, schema));
}

TEST_CASE("words of a list, numbers and what the schema does not know are left alone") {
  Json value =
      Json::parse(R"({"title": 123456789, "kind": "drawing", "other": "Moonlight", "seen": "Moonlight"})");
  const Json before = value;
  CHECK_FALSE(shorten_texts(value, schema));
  CHECK(value == before);
}
