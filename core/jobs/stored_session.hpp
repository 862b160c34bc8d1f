// From an accepted session to the row that is kept of it.
#pragma once
#include "core/interpret/accept.hpp"
#include "core/store/sessions.hpp"

namespace doodled {

// Where it came from (image, job, interpretation, interpreter) is the caller's to fill in.
NewSession stored_session(const Accepted& accepted, std::int64_t at);

}  // namespace doodled
