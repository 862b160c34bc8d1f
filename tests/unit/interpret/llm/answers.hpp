// A plain answer in each mode, as a model would give it: what tests/fakes/llm answers.
#pragma once
#include <string_view>

#include <nlohmann/json.hpp>

#include "core/base/json.hpp"

namespace doodled::llm {

Json answer_for(std::string_view mode);

}  // namespace doodled::llm
