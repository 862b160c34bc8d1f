// A Standard MIDI File's events -> Session. Pure.
#pragma once
#include <string>

#include "core/import/smf_reader.hpp"
#include "core/music/session.hpp"

namespace doodled {

// One track for every channel of every track of the file that holds notes; channel 10 is drums. Markers on
// bar lines become sections, one pattern a track and section; notes that ring across are tied. Controllers
// that the generic profile knows and pitch bend become automation. Ticks are scaled to 960 a quarter note;
// where the file counts seconds, at its first tempo. Sequences of format 2 follow each other, each from a bar
// line. What a session has no place for (tempo and meter changes, other controllers) is named in
// provenance.transforms. `title` is used where the file names none. Errors: 'midi_without_notes',
// 'midi_too_large'.
Result<Session> session_from_smf(const SmfFile& file, const std::string& title);

}  // namespace doodled
