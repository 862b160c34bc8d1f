#include "core/upkeep/retention.hpp"

#include <algorithm>

#include "core/base/days.hpp"
#include "core/store/play_logs.hpp"
#include "core/store/spare_pictures.hpp"
#include "core/upkeep/walk.hpp"

namespace doodled {
namespace {

std::vector<std::string> unstarred_oldest_first(Sessions& sessions, SessionFilter filter) {
  filter.starred = false;
  std::vector<std::string> all;
  for_each_listed([&](const PageRequest& page) { return sessions.list(filter, page); },
                  [&](const SessionHead& head) { all.push_back(head.id); });
  std::reverse(all.begin(), all.end());
  return all;
}

class Retention {
 public:
  using Told = std::function<void(const std::string&, const Forgotten&)>;
  Retention(Store& store, std::int64_t now, const Told& forgotten)
      : store_(store), now_(now), forgotten_(forgotten) {}

  void by_age(int max_days) {
    const auto too_old = now_ - max_days * day_ms;
    for (const auto& picture : unused_pictures(store_.database, too_old)) forget_picture(picture);
    SessionFilter old;
    old.created_before = too_old;
    forget_sessions(old);
  }

  void by_size(std::int64_t max_bytes) {
    auto excess = store_.images.total_bytes() - max_bytes;
    if (excess <= 0) return;
    for (const auto& picture : unused_pictures(store_.database, now_ - day_ms)) {
      if (excess <= 0) return;
      if (forget_picture(picture)) excess -= picture.size;
    }
    for (const auto& picture : unstarred_pictures(store_.database)) {
      if (excess <= 0) return;
      SessionFilter its;
      its.image_id = picture.id;
      if (forget_sessions(its)) excess -= picture.size;
    }
  }

  // What is sealed in the chain stays, so the pictures have what it leaves.
  void by_total(std::int64_t max_bytes) {
    auto& database = store_.database;
    for (const auto& play : spare_play_logs(database, now_ - day_ms)) {
      if (database.used_bytes() + store_.images.total_bytes() <= max_bytes) break;
      remove_play_log(database, play);
      ++gone_.logs;
    }
    if (gone_.logs > 0) database.give_back();
    const auto left = max_bytes - database.used_bytes();
    gone_.too_large = left <= 0;
    if (left > 0) by_size(left);
  }

  LetGo gone() const { return gone_; }

 private:
  // False where something has come to need it.
  bool forget_picture(const SparePicture& picture) {
    if (!store_.images.forget(picture.id, now_)) return false;
    ++gone_.pictures;
    return true;
  }

  // Whether any picture has gone with them.
  bool forget_sessions(const SessionFilter& filter) {
    const int before = gone_.pictures;
    for (const auto& id : unstarred_oldest_first(store_.sessions, filter)) {
      const auto gone = store_.sessions.forget(id, now_);
      if (!gone) continue;
      ++gone_.sessions;
      gone_.pictures += gone->picture_removed ? 1 : 0;
      forgotten_(id, *gone);
    }
    return gone_.pictures > before;
  }

  Store& store_;
  const std::int64_t now_;
  const Told& forgotten_;
  LetGo gone_;
};

}  // namespace

std::optional<std::int64_t> newest_session_at(Store& store) {
  const auto newest = store.sessions.list({}, {1, {}});
  if (!newest || newest->items.empty()) return std::nullopt;
  return newest->items.front().created_at;
}

LetGo apply_retention(Store& store, const RetentionRules& rules, std::int64_t wall_ms,
                      const std::function<void(const std::string& id, const Forgotten& gone)>& forgotten) {
  Retention retention(store, wall_ms, forgotten);
  if (rules.max_days > 0) retention.by_age(rules.max_days);
  if (rules.max_picture_bytes > 0) retention.by_size(rules.max_picture_bytes);
  if (rules.max_bytes > 0) retention.by_total(rules.max_bytes);
  return retention.gone();
}

}  // namespace doodled
