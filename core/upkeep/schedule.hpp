// When the next backup is due, and which are too many, by the times of those there are. The clock of the wall
// may be wrong: what seems to come from the future was made before the clock was set back.
#pragma once
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace doodled {

// Wall milliseconds, as all times here.
std::optional<std::int64_t> newest_backup(const std::vector<std::int64_t>& made, std::int64_t now);

// `now` where none was made before, so that a clock set back delays nothing.
std::int64_t next_backup_at(const std::vector<std::int64_t>& made, std::int64_t interval_ms,
                            std::int64_t now);

// After so many failures in a row: 5, 10, 20, 40, then 60 minutes.
std::chrono::minutes backup_retry(int failures);

// Of names of backups, all but the `keep` newest. Those from the future are older than all others.
std::vector<std::string> superseded_backups(std::vector<std::string> names, std::size_t keep,
                                            std::int64_t now);

}  // namespace doodled
