#include "core/upkeep/schedule.hpp"

#include <algorithm>

#include "core/upkeep/backup.hpp"

namespace doodled {

std::optional<std::int64_t> newest_backup(const std::vector<std::int64_t>& made, std::int64_t now) {
  std::optional<std::int64_t> newest;
  for (const auto at : made)
    if (at <= now) newest = std::max(newest.value_or(at), at);
  return newest;
}

std::int64_t next_backup_at(const std::vector<std::int64_t>& made, std::int64_t interval_ms,
                            std::int64_t now) {
  const auto newest = newest_backup(made, now);
  return newest ? *newest + interval_ms : now;
}

std::chrono::minutes backup_retry(int failures) {
  constexpr int longest = 60;
  return std::chrono::minutes(std::min(5 << std::clamp(failures - 1, 0, 4), longest));
}

std::vector<std::string> superseded_backups(std::vector<std::string> names, std::size_t keep,
                                            std::int64_t now) {
  if (names.size() <= keep) return {};
  const auto present = backup_name(now);
  std::sort(names.begin(), names.end(), [&](const std::string& a, const std::string& b) {
    const bool a_ahead = a > present, b_ahead = b > present;
    return a_ahead == b_ahead ? a > b : b_ahead;
  });
  names.erase(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(keep));
  return names;
}

}  // namespace doodled
