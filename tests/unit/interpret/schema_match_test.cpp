#include "core/interpret/schema_match.hpp"

#include <doctest/doctest.h>

#include "core/interpret/accept.hpp"
#include "core/interpret/schema.hpp"
#include "tests/unit/music/random_session.hpp"

using namespace doodled;

namespace doodled::embedded {
extern const std::string_view session_schema;
}

namespace {

constexpr testing::RandomSessionLimits small{
    .tracks = 2, .patterns = 2, .bars = 2, .notes = 6, .sections = 2};

const SchemaMatch& match() {
  static const SchemaMatch instance(Json::parse(embedded::session_schema));
  return instance;
}

// Values that fit somewhere and nowhere.
Json any_value(Random& random) {
  static const std::vector<Json> values{nullptr,
                                        true,
                                        -1,
                                        0,
                                        1,
                                        2,
                                        8,
                                        127,
                                        128,
                                        1e9,
                                        100000001,
                                        0.5,
                                        1.0,
                                        -0.001,
                                        "",
                                        "major",
                                        "/",
                                        "A01",
                                        "C#",
                                        "x y",
                                        "sine",
                                        "doodled.session",
                                        std::string(300, 'x'),
                                        "\u00e9",
                                        Json::array(),
                                        Json::array({0, 0}),
                                        Json::array({0, 4, 7}),
                                        Json::array({0.5, 0.5}),
                                        Json::object(),
                                        Json{{"start", 0}, {"duration", 1}, {"pitch", 60}, {"velocity", 1}}};
  return values[static_cast<std::size_t>(random.below(static_cast<int>(values.size())))];
}

// A place of the document, of any depth.
Json& any_place(Json& document, Random& random) {
  Json* at = &document;
  while (!at->empty() && at->is_structured() && random.unit() < 0.85) {
    auto item = at->begin();
    std::advance(item, random.below(static_cast<int>(at->size())));
    at = &*item;
  }
  return *at;
}

void damage(Json& document, Random& random) {
  Json& place = any_place(document, random);
  const int kind = random.below(4);
  if (kind == 0 && place.is_object() && !place.empty()) {
    auto item = place.begin();
    std::advance(item, random.below(static_cast<int>(place.size())));
    place.erase(item);
  } else if (kind == 1 && place.is_object()) {
    place[random.below(2) ? "unheard_of" : "intervals"] = any_value(random);
  } else if (kind == 2 && place.is_array()) {
    place.push_back(place.empty() || random.below(2) ? any_value(random) : Json(place.front()));
  } else {
    place = any_value(random);
  }
}

}  // namespace

TEST_CASE("a random session fits, and so does it with all its defaults written out") {
  for (std::uint64_t seed = 0; seed < 2000; ++seed) {
    CAPTURE(seed);
    const Json document = to_json(testing::random_session(seed));
    REQUIRE(match().fits(document));
    REQUIRE(match().fits(to_json(*session_from_json(document))));
  }
}

TEST_CASE("of damaged documents those that fit are those of valijson, but for whole numbers with a point") {
  const Schema oracle(embedded::session_schema);
  int fitting = 0, refused = 0;
  for (std::uint64_t seed = 0; seed < 3000; ++seed) {
    CAPTURE(seed);
    Random random(part_seed(seed, "damage"));
    Json document = to_json(testing::random_session(seed % 100, small));
    for (int i = random.below(3); i >= 0; --i) damage(document, random);
    CAPTURE(to_text(document));
    const bool fits = match().fits(document), by_schema = oracle.violations(document).empty();
    if (fits) REQUIRE(by_schema);
    if (by_schema != fits) REQUIRE(to_text(document).find(".0") != std::string::npos);
    ++(fits ? fitting : refused);
  }
  CHECK(fitting > 50);
  CHECK(refused > 1000);
}

TEST_CASE("every keyword is heeded: what breaks one alone is refused") {
  struct Row {
    const char *schema, *fits, *does_not;
  };
  const Row rows[] = {
      {R"({"type": "integer"})", "1", "1.5"},
      {R"({"type": "number", "minimum": -1, "maximum": 1})", "-1", "1.01"},
      {R"({"type": "string", "minLength": 1, "maxLength": 2})", R"("\u00e9\u00e9")", R"("abc")"},
      {R"({"type": "string", "minLength": 1})", R"("a")", R"("")"},
      {R"({"pattern": "^[A-C_.-]{1,3}$"})", R"("A.-")", R"("AD")"},
      {R"({"pattern": "^[A-C]{1,3}$"})", R"("ABC")", R"("ABCA")"},
      {R"({"pattern": "^[A-G](#|b)?$"})", R"("Bb")", R"("Hb")"},
      {R"({"enum": ["a", 2]})", "2", R"("b")"},
      {R"({"const": 1})", "1", "2"},
      {R"({"minItems": 1, "maxItems": 2, "items": {"type": "integer"}})", "[1, 2]", "[1, 2, 3]"},
      {R"({"items": {"type": "integer"}})", "[1]", R"(["1"])"},
      {R"({"items": [{"type": "integer"}, {"type": "string"}]})", R"([1, "a", null])", R"(["a", 1])"},
      {R"({"uniqueItems": true})", "[1, 2]", "[1, 2, 1]"},
      {R"({"required": ["b"], "properties": {"a": {}, "c": {}}})", R"({"b": 1})", R"({"a": 1, "c": 1})"},
      {R"({"additionalProperties": false, "properties": {"b": {}}})", R"({"b": 1})", R"({"a": 1})"},
      {R"({"additionalProperties": false, "properties": {"b": {}}})", R"({})", R"({"b": 1, "c": 1})"},
      {R"({"definitions": {"x": {"type": "null"}}, "properties": {"b": {"$ref": "#/definitions/x"}}})",
       R"({"b": null})", R"({"b": 1})"},
      {R"({"if": {"not": {"required": ["a"]}}, "then": {"properties": {"b": {"const": 1}}}})",
       R"({"a": 0, "b": 2})", R"({"b": 2})"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.schema);
    const SchemaMatch one(Json::parse(row.schema));
    const Schema schema(row.schema);
    CHECK(one.fits(Json::parse(row.fits)));
    CHECK(schema.violations(Json::parse(row.fits)).empty());
    CHECK_FALSE(one.fits(Json::parse(row.does_not)));
    CHECK_FALSE(schema.violations(Json::parse(row.does_not)).empty());
  }
}

TEST_CASE("a keyword that is not known is no schema of ours") {
  CHECK_THROWS_AS(SchemaMatch(Json::parse(R"({"anyOf": []})")), std::logic_error);
  CHECK_THROWS_AS(SchemaMatch(Json::parse(R"({"type": "date"})")), std::logic_error);
  CHECK_THROWS(SchemaMatch(Json::parse(R"({"if": {"type": "null"}, "then": {}})")));
}
