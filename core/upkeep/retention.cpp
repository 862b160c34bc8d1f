#include "core/upkeep/retention.hpp"

#include <algorithm>

#include "core/base/days.hpp"
#include "core/upkeep/walk.hpp"

namespace doodled {
namespace {

std::vector<SessionHead> unstarred_oldest_first(Sessions& sessions) {
  SessionFilter filter;
  filter.starred = false;
  std::vector<SessionHead> all;
  for_each_listed([&](const PageRequest& page) { return sessions.list(filter, page); },
                  [&](const SessionHead& head) { all.push_back(head); });
  std::reverse(all.begin(), all.end());
  return all;
}

std::int64_t picture_bytes(Images& images) {
  std::int64_t total = 0;
  for_each_listed([&](const PageRequest& page) { return images.list(page); },
                  [&](const Image& image) { total += image.forgotten_at ? 0 : image.size; });
  return total;
}

}  // namespace

int apply_retention(Store& store, const RetentionRules& rules, std::int64_t wall_ms,
                    const std::function<void(const std::string& id, const Forgotten& gone)>& forgotten) {
  if (!rules.any()) return 0;
  const auto too_old = rules.max_days > 0 ? wall_ms - rules.max_days * day_ms : 0;
  auto excess = rules.max_picture_bytes > 0 ? picture_bytes(store.images) - rules.max_picture_bytes : 0;
  int count = 0;
  for (const auto& head : unstarred_oldest_first(store.sessions)) {
    const bool frees = excess > 0 && !head.image_id.empty();
    if (head.created_at >= too_old && !frees) continue;
    const auto gone = store.sessions.forget(head.id, wall_ms);
    if (!gone) continue;
    if (gone->picture_removed) excess -= store.images.get(head.image_id).value().size;
    forgotten(head.id, *gone);
    ++count;
  }
  return count;
}

}  // namespace doodled
