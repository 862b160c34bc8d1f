// What is different between two sessions, for people (sentences) and programs (pointers and values).
#pragma once
#include <string>
#include <vector>

#include "core/music/session.hpp"

namespace doodled {

enum class ChangeKind { added, removed, changed };

struct Change {
  ChangeKind kind = ChangeKind::changed;
  std::string pointer;               // into the other session; into the first one for what was removed
  std::string old_value, new_value;  // JSON text; empty where there is none
  std::string sentence;
};

// Of one pattern, or of all.
struct NoteCount {
  int same = 0, changed = 0, added = 0, removed = 0;
};

struct SessionDiff {
  std::vector<std::string> summary;  // a few sentences; empty when they sound alike
  std::vector<Change> changes;
  NoteCount notes;
};

// Tracks, patterns, LFOs and macros are matched by their ids, notes by start and pitch, then by start. Title,
// seed, evidence and provenance are not compared. `middle_c` says how the sentences name notes.
SessionDiff difference(const Session& first, const Session& other, MiddleC middle_c = MiddleC::c4);

Json to_json(const SessionDiff& diff);

}  // namespace doodled
