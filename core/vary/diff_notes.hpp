// The notes of two versions of a pattern.
#pragma once
#include <string>
#include <vector>

#include "core/vary/diff.hpp"

namespace doodled {

struct NoteChanges {
  std::vector<Change> changes;
  NoteCount count;
};

// `before` and `after` are lists of notes as a session document has them; `place` is the pattern's pointer.
NoteChanges note_changes(const std::string& place, const std::string& track, const Json& before,
                         const Json& after, MiddleC middle_c);

// '3 notes change, 1 is new.' Empty when nothing changed.
std::string summary_of(const NoteCount& count);

}  // namespace doodled
