// What is let go of by itself, by age or for room. Never a starred session or its picture.
#pragma once
#include <cstdint>
#include <functional>
#include <optional>
#include <string>

#include "core/store/store.hpp"

namespace doodled {

struct RetentionRules {
  int max_days = 0;                    // older sessions and unused pictures go; 0: no limit
  std::int64_t max_picture_bytes = 0;  // of all pictures together; 0: no limit
  std::int64_t max_bytes = 0;          // of database and pictures together; 0: no limit
  bool any() const { return max_days > 0 || max_picture_bytes > 0 || max_bytes > 0; }
};

struct LetGo {
  int sessions = 0, pictures = 0, logs = 0;
  bool too_large = false;  // what must stay in the database is more than max_bytes alone
};

// Forgets (core/store/sessions.hpp, images.hpp) what the rules don't keep; the chain says so of each. By age:
// every unstarred session, and what nothing visible uses. For room, until the rest fits: pictures that no
// session has, then those of hidden sessions, then those of visible ones with all their sessions, the oldest
// first; a session whose picture something starred uses too stays, since it frees nothing. A picture that
// nothing uses is left a day, as its job may be about to come. Where the database counts too, the logs of
// plays that ended a day ago go first, the oldest first, and no picture goes where all of them would not do.
// `forgotten` is told of each session. Throws StoreUnavailable.
LetGo apply_retention(Store& store, const RetentionRules& rules, std::int64_t wall_ms,
                      const std::function<void(const std::string& id, const Forgotten& gone)>& forgotten);

// When the newest session was stored; nothing where there is none.
std::optional<std::int64_t> newest_session_at(Store& store);

}  // namespace doodled
