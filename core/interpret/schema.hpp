// JSON Schema (draft 7), compiled once.
#pragma once
#include <memory>
#include <string_view>
#include <vector>

#include "core/base/json.hpp"

namespace doodled {

class SchemaMatch;

class Schema {
 public:
  // Throws std::logic_error when `text` is no schema: it is ours, so that is a defect.
  explicit Schema(std::string_view text);
  ~Schema();

  // The first hundred violations, each with its JSON Pointer; empty when the value fits. Thread-safe.
  std::vector<Problem> violations(const Json& value) const;

 private:
  struct Compiled;
  std::unique_ptr<const Compiled> compiled_;
};

// The same for a schema of which schema_match.hpp knows every keyword: of a value that fits, the answer takes
// a fraction of the time.
class QuickSchema {
 public:
  // Throws std::logic_error.
  explicit QuickSchema(std::string_view text);
  ~QuickSchema();

  std::vector<Problem> violations(const Json& value) const;

 private:
  std::unique_ptr<const SchemaMatch> match_;
  Schema schema_;
};

// Those of schemas/session.schema.json.
std::vector<Problem> session_violations(const Json& value);

}  // namespace doodled
