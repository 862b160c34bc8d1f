// A model's text becomes the JSON object it was meant to be, or is refused: never a guess. Pure.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/base/json.hpp"

namespace doodled::llm {

inline constexpr std::size_t most_answer_bytes = 256 * 1024;
inline constexpr int most_answer_depth = 16;

struct ReadAnswer {
  Json value;  // an object
  // What was put right, each word once: 'thinking', 'prose', 'fence', 'double_encoded', 'parts', 'comment',
  // 'trailing_comma', 'extra_comma', 'missing_comma', 'quotes', 'inner_quotes' (pairs without a backslash in
  // a text), 'unquoted_key', 'unquoted_text' (of one word), 'literal' (True, None), 'number' (.5, 5., +5),
  // 'escape', 'control_character', 'duplicate_key' (with equal values), 'space'.
  std::vector<std::string> repairs;
};

// Errors: 'cut_off' where the text ends inside its value; 'malformed_answer' with line and column for all
// else: two objects, duplicated keys with different values, NaN, unquoted texts of several words, a single
// quote inside a text, no object at all, more than most_answer_bytes or most_answer_depth, no UTF-8.
Result<ReadAnswer> read_answer(std::string_view text);

}  // namespace doodled::llm
