// Sessions on their way in: a document, a .mid, or a form with either as its part "file".
#pragma once
#include "core/interpret/accept.hpp"
#include "server/http/message.hpp"

namespace doodled::api {

// Told by Content-Type: JSON (any form that accept_document takes), a MIDI type, or multipart/form-data,
// which may also have a Scala file as its part "tuning". Errors: those of accept_midi, accept_file and
// tuning_from_scl; 'unsupported_media_type', 'file_required'.
Result<Accepted> session_of_body(const http::Request& request, const RuleOptions& rules, MiddleC middle_c);

// The Scala file that a request carries, as its body or as the part "file" of a form; ?root=N is the key of
// degree 0. Errors: those of tuning_from_scl; 'file_required', 'bad_query'.
Result<Tuning> tuning_of_body(const http::Request& request);

}  // namespace doodled::api
