// Bringing places of a document back to what they were.
#pragma once
#include <string>
#include <vector>

#include "core/base/json.hpp"

namespace doodled::varying {

// Makes `after` hold at `pointer` what `before` holds there. Where a list on the way has another length now,
// the list as a whole is brought back when its entries are notes, points or evidence, whose indices mean
// nothing then. `pointer` must exist in `before`.
void restore(Json& after, const Json& before, const std::string& pointer);

// The value at a place, or null pointer.
const Json* value_at(const Json& document, const std::string& pointer);

}  // namespace doodled::varying
