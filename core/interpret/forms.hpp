// The JSON forms of the idea document, as printed there, read into sessions. They are told by their keys:
// patch + sequence; session_meta + tracks; mpc_session_setup + mpc_tracks; midi_sequence; custom_lfo_shape
// (alone or beside one of the others); and an MPC's .mpcpattern: pattern. Note names count octaves by
// `middle_c`, or by the document's own "middle_c": "C3" or "C4".
#pragma once
#include "core/music/session.hpp"

namespace doodled {

// Errors: 'unknown_document'; 'invalid_form' with every problem and its JSON Pointer.
Result<Session> session_from_form(const Json& document, MiddleC middle_c = MiddleC::c4);

}  // namespace doodled
