// What the readers of the idea document's forms share. forms.hpp is the door; only core/interpret includes
// this.
#pragma once
#include <optional>
#include <string>

#include <nlohmann/json.hpp>

#include "core/base/fields.hpp"
#include "core/interpret/words.hpp"
#include "core/music/session.hpp"

namespace doodled::forms {

inline constexpr int most_steps = 1024;

Session empty_session(std::string title);
// At least one.
Tick whole_bars(const Meter& meter, Tick length);
LfoShape sine_lfo(std::string id, std::string track, Parameter parameter, double depth, Tick cycle);

// 'F#3' or 54. The Error says what to write instead.
Result<int> note_number(const Json& note, MiddleC middle_c);
bool is_rest(const Json& note);
// One step object; `position` counts where it does not say its own.
void read_step(const Session& session, Pattern& pattern, Fields step, int position, MiddleC middle_c);
// Sorts, and gives the pattern the whole bars that its last step needs.
void close_pattern(const Meter& meter, Pattern& pattern, int steps);

// One function a form. Problems go into the fields' list.
Session read_doodle(Fields root, MiddleC middle_c);  // patch + sequence
Session read_photo(Fields root, MiddleC middle_c);   // session_meta + tracks
Session read_mpc(Fields root);                       // mpc_session_setup + mpc_tracks
Session read_matrix(Fields root, MiddleC middle_c);  // midi_sequence
Session read_mpc_pattern(Fields root);               // pattern, with events

}  // namespace doodled::forms
