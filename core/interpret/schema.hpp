// JSON Schema (draft 7), compiled once.
#pragma once
#include <memory>
#include <string_view>
#include <vector>

#include "core/base/json.hpp"

namespace doodled {

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

// schemas/session.schema.json
const Schema& session_schema();
// Its violations(); of a value that fits it takes a fraction of the time (schema_match.hpp).
std::vector<Problem> session_violations(const Json& value);

}  // namespace doodled
