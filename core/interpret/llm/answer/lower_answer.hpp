// A model's compact answer, once it fits its mode's master schema, becomes a Session. Pure. What had to be
// put right on the way is told in the session's provenance.
#pragma once
#include <nlohmann/json_fwd.hpp>

#include "core/interpret/llm/wish.hpp"

namespace doodled::llm {

// Whatever fits the schema has a session, but plain facts of which nothing can be made: 'nothing_found'.
Result<Session> session_of(const Json& answer, const Wish& wish);

}  // namespace doodled::llm
