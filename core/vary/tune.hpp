// A session in another tuning.
#pragma once
#include "core/interpret/accept.hpp"

namespace doodled {

// The same music, tuned; notes stay as they are written. `parent_id` is for the provenance, or empty. Errors:
// 'lock_conflict' where the session locks its tuning; those of accept().
Result<Accepted> tuned(Session session, Tuning tuning, const std::string& parent_id,
                       const RuleOptions& rules = document_rules());

}  // namespace doodled
