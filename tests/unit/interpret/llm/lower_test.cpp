#include "core/interpret/llm/schema/lower.hpp"

#include <fstream>

#include "answers.hpp"
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "core/interpret/llm/modes.hpp"
#include "core/interpret/schema.hpp"

using namespace doodled;
using namespace doodled::llm;

namespace {

constexpr const char* modes[] = {"auto", "doodle",      "lfo",    "photo", "macros",
                                 "mpc",  "arrangement", "prompt", "narrow"};

const char* const master = R"({"$schema": "x", "title": "T", "type": "object", "required": [], "properties": {
  "z": {"type": "integer", "minimum": 0, "maximum": 9, "description": "how many"},
  "a": {"type": "string", "minLength": 1, "maxLength": 5, "pattern": "^a*$"},
  "m": {"type": "array", "minItems": 3, "maxItems": 3, "items": {"type": "string", "const": "x"}}}})";

OrderedJson low(Dialect dialect) { return lowered(OrderedJson::parse(master), dialect); }

std::string words(const OrderedJson& json, const char* property) {
  return json["properties"][property].value("description", "");
}

template <class Visit>
void each_node(const OrderedJson& node, Visit visit) {
  visit(node);
  if (node.is_structured())
    for (const auto& child : node) each_node(child, visit);
}

}  // namespace

TEST_CASE("lowered for anyone, all properties are required, in order, and no others are allowed") {
  for (const auto dialect : {Dialect::openai, Dialect::anthropic, Dialect::gemini, Dialect::grammar}) {
    const auto json = low(dialect);
    CHECK(json["required"] == OrderedJson({"z", "a", "m"}));
    CHECK(json["additionalProperties"] == false);
    CHECK(json["properties"].begin().key() == "z");
    CHECK(!json.contains("$schema"));
    CHECK(!json.contains("title"));
  }
}

TEST_CASE("a bound that a provider refuses goes, and is said in words instead") {
  CHECK(low(Dialect::openai)["properties"]["z"]["maximum"] == 9);
  CHECK(words(low(Dialect::openai), "z") == "how many");
  CHECK(words(low(Dialect::openai), "a") == "at least 1 characters, at most 5 characters");
  CHECK(words(low(Dialect::anthropic), "z") == "how many; 0 to 9");
  CHECK(words(low(Dialect::anthropic), "m") == "exactly 3 items");
  CHECK(words(low(Dialect::anthropic), "a") == "at least 1 characters, at most 5 characters, matching ^a*$");
  CHECK(!low(Dialect::anthropic)["properties"]["z"].contains("minimum"));
  CHECK(!low(Dialect::gemini)["properties"]["a"].contains("pattern"));
  CHECK(low(Dialect::grammar)["properties"]["a"]["maxLength"] == 5);
}

TEST_CASE("a constant is an enum of one where constants are not known") {
  CHECK(low(Dialect::gemini)["properties"]["m"]["items"]["enum"] == OrderedJson::array({"x"}));
  CHECK(low(Dialect::openai)["properties"]["m"]["items"]["const"] == "x");
}

TEST_CASE("references are replaced by what they name, in their own file and in the parts") {
  const auto parts = OrderedJson::parse(
      R"({"definitions": {"a": {"type": "array", "items": {"$ref": "#/definitions/b"}}, "b": {"type": "string"}}})");
  const auto json = inlined(OrderedJson::parse(R"({"definitions": {"b": {"type": "integer"}}, "properties":
    {"x": {"$ref": "parts.json#/definitions/a", "description": "d"}, "y": {"$ref": "#/definitions/b"}}})"),
                            parts);
  CHECK(
      json ==
      OrderedJson::parse(
          R"({"properties": {"x": {"type": "array", "items": {"type": "string"}, "description": "d"}, "y": {"type": "integer"}}})"));
  CHECK_THROWS_AS(inlined(OrderedJson::parse(R"({"$ref": "#/definitions/none"})"), parts), std::logic_error);
}

TEST_CASE("a union or a fraction in a master schema is a defect") {
  for (const char* text : {R"({"anyOf": []})", R"({"type": ["string", "null"]})", R"({"type": "number"})"})
    CHECK_THROWS_AS(lowered(OrderedJson::parse(text), Dialect::openai), std::logic_error);
}

TEST_CASE("every mode's schema keeps the limits of all providers, and every text and list in it has an end") {
  for (const char* name : modes) {
    CAPTURE(name);
    const Mode* mode = find_mode(name);
    REQUIRE(mode != nullptr);
    const auto schema = OrderedJson::parse(mode->schema);
    int properties = 0;
    each_node(schema, [&](const OrderedJson& node) {
      if (!node.is_object()) return;
      if (node.contains("properties") && node["properties"].is_object())
        properties += static_cast<int>(node["properties"].size());
      if (node.value("type", OrderedJson()) == "array") CHECK(node.contains("maxItems"));
      if (node.value("type", OrderedJson()) == "string")
        CHECK((node.contains("maxLength") || node.contains("enum")));
      if (node.value("type", OrderedJson()) == "integer")
        CHECK((node.contains("minimum") && node.contains("maximum")));
    });
    CHECK(properties < 500);
    CHECK(mode->answer_tokens <= 16384);
    CHECK(Schema(mode->schema).violations(answer_for(name)).empty());
  }
}

TEST_CASE("what fits the master schema fits every lowered one") {
  for (const char* name : modes)
    for (const auto dialect : {Dialect::openai, Dialect::anthropic, Dialect::gemini, Dialect::grammar})
      CHECK(Schema(lowered(OrderedJson::parse(find_mode(name)->schema), dialect).dump())
                .violations(answer_for(name))
                .empty());
}

TEST_CASE("every rule that a model may name is one of the rules") {
  std::ifstream file(DOODLED_SOURCE_DIR "/config/prompts/rules.md");
  const std::string rules{std::istreambuf_iterator<char>(file), {}};
  for (const char* name : modes) {
    const OrderedJson::json_pointer place("/properties/evidence/items/properties/rule/enum");
    const auto schema = OrderedJson::parse(find_mode(name)->schema);
    if (!schema.contains(place)) continue;
    for (const auto& rule : schema[place]) {
      CAPTURE(rule.get<std::string>());
      CHECK(rules.find("`" + rule.get<std::string>() + "`") != std::string::npos);
    }
  }
}
