// Free words that are longer than asked for. Most providers don't enforce a text's length, and no note hangs
// on it.
#pragma once
#include <nlohmann/json.hpp>

#include "core/base/json.hpp"

namespace doodled::llm {

// Cuts each text of `value` that is longer than the schema's maxLength there, in code points as JSON Schema
// counts, and ends it with '…'. True when one was. `schema` has no references. Pure.
bool shorten_texts(Json& value, const Json& schema);

}  // namespace doodled::llm
