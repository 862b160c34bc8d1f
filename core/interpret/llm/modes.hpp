// What a model is asked in each mode: its prompt (config/prompts) and the shape of its answer
// (schemas/interpret), both part of the program. Immutable, thread-safe.
#pragma once
#include <string>
#include <string_view>

#include "core/interpret/schema.hpp"

namespace doodled::llm {

// Not a job's mode: what models are asked that can state no more than plain facts of a picture, whatever the
// job's mode is.
inline constexpr std::string_view narrow_mode = "narrow";

struct Mode {
  std::string name;           // 'doodle', ...
  std::string version;        // of the prompt: 'doodle-1'
  std::string hash;           // SHA-256 over frame, prompt, rules and master schema
  std::string system;         // frame, heuristics and rules
  std::string schema;         // the master schema without references, keys in order
  const QuickSchema* master;  // the same, compiled
  const Json* shape;          // the same, as a tree
  int answer_tokens;          // what the longest answer may take
  bool needs_picture;

  std::string prompt_version() const { return version + " sha256:" + hash.substr(0, 16); }
};

// Null if there is none of that name. Also the narrow one.
const Mode* find_mode(std::string_view name);
std::string mode_names();  // 'auto, doodle, ...'

}  // namespace doodled::llm
