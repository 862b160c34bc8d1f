// Files of other programs as sessions, through the same gate as every session. Pure.
#pragma once
#include <string>

#include "core/base/ids.hpp"
#include "core/interpret/accept.hpp"

namespace doodled {

// A Standard MIDI File, told by its first bytes. `title` is used where it names none. Errors: those of
// read_smf, session_from_smf and accept_document.
Result<Accepted> accept_midi(Bytes file, const std::string& title,
                             const RuleOptions& rules = document_rules());

// A file of any kind that can become a session: .mid, or a JSON document that accept_document takes
// (.mpcpattern too). Errors also: 'malformed_json'.
// `middle_c` as for accept_document.
Result<Accepted> accept_file(Bytes file, const std::string& title,
                             const RuleOptions& rules = document_rules(), MiddleC middle_c = MiddleC::c4);

// The same file as a document that is not yet checked.
Result<Json> document_of_file(Bytes file, const std::string& title);

}  // namespace doodled
