// The one JSON type of the project. Headers include this (cheap); a .cpp that touches values includes
// <nlohmann/json.hpp>. Objects are sorted by key, so dump() of equal values gives equal bytes.
#pragma once
#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "core/base/result.hpp"

namespace doodled {

using Json = nlohmann::json;

// Strict RFC 8259; duplicated keys, text after the value and nesting below `max_depth` are errors
// ("malformed_json", with line and column in the message).
Result<Json> parse_json(std::string_view text, int max_depth = 64);

// Never throws: invalid UTF-8 is replaced. indent < 0 gives one line.
std::string to_text(const Json& value, int indent = -1);

}  // namespace doodled
