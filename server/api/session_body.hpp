// Sessions on their way in: a document, a .mid, or a form with either as its part "file".
#pragma once
#include "core/interpret/accept.hpp"
#include "server/http/message.hpp"

namespace doodled::api {

// Told by Content-Type: JSON (any form that accept_document takes), a MIDI type, or multipart/form-data.
// Errors: those of accept_midi and accept_file; 'unsupported_media_type', 'file_required'.
Result<Accepted> session_of_body(const http::Request& request, const RuleOptions& rules);

}  // namespace doodled::api
