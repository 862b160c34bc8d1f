// Changes to a session that was made: another meter, scale, density, other parts. Evidence follows the notes.
#pragma once
#include "core/compose/draft.hpp"

namespace doodled::composing {

// Notes move to the nearest pitch of the tonic's other scale.
void set_scale(Session& session, const std::string& scale);

// From the session's meter into another: each bar is cut to the new length, or carried on from its own start.
// Patterns, automation, LFO cycles of whole bars and chords go with it.
void fit_to_meter(Session& session, const Meter& meter);

// 0.5 leaves everything; less takes notes from light steps first, more repeats notes where there is room.
// Drawn by the session's seed.
void change_density(Session& session, double density);

// The parts of the options: those that are not asked for go, those that are missing are played by the band.
void choose_parts(Draft& draft);

// Pointers at `from` and below it point at `to` instead.
void rename_evidence(Session& session, const std::string& from, const std::string& to);

// Keeps of a pattern the notes that `sources` names, in that order; a note may come twice. Evidence of notes
// moves along, and that of lost notes goes.
void move_evidence(Session& session, const std::string& pattern_pointer,
                   const std::vector<std::size_t>& sources);

}  // namespace doodled::composing
