// Nothing becomes a session, and nothing sounds, that did not pass here: schema, then rules. Pure.
#pragma once
#include <nlohmann/json.hpp>

#include "core/base/json.hpp"
#include "core/music/session.hpp"
#include "core/rules/rules.hpp"

namespace doodled {

struct Accepted {
  Session session;
  Json document;  // the session's JSON after repairs
  Json report;    // {"verdicts": [...]}
};

// The rules for what somebody wrote on purpose: without those of taste.
inline RuleOptions document_rules(RuleOptions rules = {}) {
  rules.taste = false;
  return rules;
}

// What an interpreter made: rules of taste apply too, unless `rules` says otherwise. The Error is
// 'session_rejected' with every reason.
Result<Accepted> accept(Session session, const RuleOptions& rules = {});

// A document that somebody sent: ours ("format": "doodled.session") or one of the idea document's forms, told
// by its keys. Errors: 'unknown_document', 'schema_violation', 'invalid_form', 'session_rejected'; each
// problem carries its JSON Pointer. `middle_c` says how note names in the idea document's forms count
// octaves. Rules of taste apply where `rules.taste` says so.
Result<Accepted> accept_document(const Json& document, MiddleC middle_c = MiddleC::c4,
                                 const RuleOptions& rules = document_rules());
// The report alone, with the same errors. What is repaired by nothing is not written out again.
Result<Json> check_document(const Json& document, MiddleC middle_c = MiddleC::c4,
                            const RuleOptions& rules = document_rules());

}  // namespace doodled
