// Interpretations: each reading of a picture as it was asked and answered, kept even when it is useless.
#pragma once
#include <optional>
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
  std::string cache_key = {};  // same question, model and settings: same key. Empty: never answered from
  std::int64_t input_tokens = 0, output_tokens = 0;
  double cost = 0;
};

// What was asked of one interpreter.
struct Spent {
  std::string interpreter;
  std::int64_t interpretations = 0, input_tokens = 0, output_tokens = 0, duration_ms = 0;
  double cost = 0;
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
  // The newest that became a session and has this key.
  std::optional<Interpretation> answered(const std::string& cache_key);
  // Since then, one for each interpreter that was asked.
  std::vector<Spent> spent(std::int64_t since);

 private:
  Database& database_;
};

}  // namespace doodled
