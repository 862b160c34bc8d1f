// Sessions as commands name them: a file (a document, a .mid, a .mpcpattern), '-' for stdin, or the id of a
// stored session.
#pragma once
#include <string>

#include "core/interpret/accept.hpp"
#include "server/settings.hpp"

namespace doodled {

// A file wins over an id.
bool is_stored_id(const std::string& source);
// Errors: those of accept_document, file and JSON errors, unknown_session.
Result<Session> named_session(const Settings& settings, const std::string& source);
// The document as it is, not yet checked.
Result<Json> named_document(const Settings& settings, const std::string& source);

}  // namespace doodled
