// JSON whose objects keep the order of their keys: models write an answer in the order of its schema.
#pragma once
#include <nlohmann/json_fwd.hpp>

namespace doodled::llm {

using OrderedJson = nlohmann::ordered_json;

}  // namespace doodled::llm
