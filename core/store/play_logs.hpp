// The logs of plays: what takes most room in the database of a box that plays all day, and is missed least.
#pragma once
#include <cstdint>
#include <string>
#include <vector>

#include "core/store/database.hpp"

namespace doodled {

// Ids of the plays that ended before `before`, have a log, and whose session is not starred; the oldest
// first.
std::vector<std::string> spare_play_logs(Database& database, std::int64_t before);

// What was sent in the play, for good; the play and what it went on with stay. In pieces, so that nobody
// waits long for the database.
void remove_play_log(Database& database, const std::string& play_id);

}  // namespace doodled
