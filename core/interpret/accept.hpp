// Nothing becomes a session, and nothing sounds, that did not pass here: schema, then rules. Pure.
#pragma once
#include <nlohmann/json.hpp>

#include "core/base/json.hpp"
#include "core/music/session.hpp"

namespace doodled {

struct Accepted {
  Session session;
  Json document;  // the session's JSON after repairs
  Json report;    // {"verdicts": [...]}
};

// What an interpreter made: rules of taste apply too. The Error is 'session_rejected' with every reason.
Result<Accepted> accept(Session session);

// A document that somebody sent: ours ("format": "doodled.session") or one of the idea document's forms, told
// by its keys. Errors: 'unknown_document', 'schema_violation', 'invalid_form', 'session_rejected'; each
// problem carries its JSON Pointer. `middle_c` says how note names in the idea document's forms count
// octaves.
Result<Accepted> accept_document(const Json& document, MiddleC middle_c = MiddleC::c4);

}  // namespace doodled
