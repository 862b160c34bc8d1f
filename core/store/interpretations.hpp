// Interpretations: each reading of a picture as it was asked and answered, kept even when it is useless.
#pragma once
#include <vector>

#include "core/base/result.hpp"
#include "core/store/database.hpp"

namespace doodled {

struct Interpretation {
  std::string id;      // empty when new: the store makes one
  std::string job_id;  // empty: not from a job
  std::string interpreter;
  std::string kind;  // "builtin", "anthropic", ...
  std::string model;
  std::string prompt_version;
  std::string request;  // JSON; as asked, without keys, the picture by its SHA-256 (so it can be forgotten)
  std::string answer;   // raw
  std::string usage;    // JSON, or empty
  std::string error;    // JSON of an Error, or empty: why it could not be used
  std::int64_t created_at = 0;
  std::int64_t duration_ms = 0;
};

class Interpretations {
 public:
  explicit Interpretations(Database& database) : database_(database) {}

  // Returns the id. Meant to be called before the answer is judged.
  std::string add(const Interpretation& interpretation);
  // Error: unknown_interpretation.
  Result<Interpretation> get(const std::string& id);
  // Oldest first.
  std::vector<Interpretation> of_job(const std::string& job_id);

 private:
  Database& database_;
};

}  // namespace doodled
