#include "core/interpret/schema.hpp"

#include <nlohmann/json.hpp>
#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include "core/interpret/schema_match.hpp"

namespace doodled {

namespace embedded {
extern const std::string_view session_schema;
}

namespace {

using Adapter = valijson::adapters::NlohmannJsonAdapter;

// valijson names a place as {"<root>", "[\"tracks\"]", "[0]"}; a JSON Pointer says /tracks/0.
std::string to_pointer(const std::vector<std::string>& context) {
  std::string pointer;
  for (const auto& part : context) {
    if (part.front() != '[') continue;
    const bool quoted = part.size() > 3 && part[1] == '"';
    pointer += '/';
    for (const char c : quoted ? part.substr(2, part.size() - 4) : part.substr(1, part.size() - 2))
      pointer += c == '~' ? std::string("~0") : c == '/' ? std::string("~1") : std::string(1, c);
  }
  return pointer;
}

// A document with a million mistakes is told of the first ones.
constexpr std::size_t most_problems = 100;

// The summary that each parent adds to the complaint of its child says nothing new.
bool is_summary(const std::string& description) { return description.starts_with("Failed to validate"); }

// Where valijson's words say little to a musician.
std::string plain(const std::string& description) {
  return description == "Failed to match against any enum values."
             ? "is none of the values that the schema names for it"
             : description;
}

}  // namespace

struct Schema::Compiled {
  valijson::Schema schema;
};

Schema::Schema(std::string_view text) {
  const Json json = Json::parse(text);
  auto compiled = std::make_unique<Compiled>();
  valijson::SchemaParser parser;
  parser.populateSchema(Adapter(json), compiled->schema);
  compiled_ = std::move(compiled);
}

Schema::~Schema() = default;

std::vector<Problem> Schema::violations(const Json& value) const {
  valijson::Validator validator;
  valijson::ValidationResults results;
  std::vector<Problem> problems;
  if (validator.validate(compiled_->schema, Adapter(value), &results)) return problems;
  valijson::ValidationResults::Error error;
  while (problems.size() < most_problems && results.popError(error))
    if (!is_summary(error.description))
      problems.push_back({to_pointer(error.context), plain(error.description)});
  if (problems.empty()) problems.push_back({"", "the document does not fit the schema"});
  return problems;
}

QuickSchema::QuickSchema(std::string_view text)
    : match_(std::make_unique<const SchemaMatch>(Json::parse(text))), schema_(text) {}

QuickSchema::~QuickSchema() = default;

std::vector<Problem> QuickSchema::violations(const Json& value) const {
  return match_->fits(value) ? std::vector<Problem>() : schema_.violations(value);
}

std::vector<Problem> session_violations(const Json& value) {
  static const QuickSchema schema(embedded::session_schema);
  return schema.violations(value);
}

}  // namespace doodled
