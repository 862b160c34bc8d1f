#include "server/api/session_shelf.hpp"

#include <nlohmann/json.hpp>

#include "server/api/types.hpp"

namespace doodled::api {

SessionShelf::SessionShelf(Sessions& sessions, Bus& bus, std::size_t most_bytes)
    : sessions_(sessions), most_bytes_(most_bytes) {
  subscription_ = bus.subscribe([this](const Event& event) { heard(event); });
}

http::Response SessionShelf::response_of(const Ready& ready) {
  auto response = http::shared_response(ready.body, "application/json");
  response.headers.add("ETag", ready.tag);
  return response;
}

std::optional<http::Response> SessionShelf::ready(std::string_view id) {
  const std::lock_guard lock(mutex_);
  const auto found = by_id_.find(id);
  if (found == by_id_.end()) return std::nullopt;
  kept_.splice(kept_.begin(), kept_, found->second);
  return response_of(*found->second);
}

http::Response SessionShelf::get(const std::string& id) {
  if (auto known = ready(id)) return std::move(*known);
  const auto before = changes();
  const auto session = sessions_.get(id);
  if (!session) return http::problem_response(session.error());
  Ready made{id, std::make_shared<const std::string>(to_text(session_json(*session))), {}};
  made.tag = "\"" + sha256_hex(*made.body).substr(0, 32) + "\"";
  auto response = response_of(made);
  keep(std::move(made), before);
  return response;
}

std::uint64_t SessionShelf::changes() const {
  const std::lock_guard lock(mutex_);
  return changes_;
}

// What was read before a change may be from before it.
void SessionShelf::keep(Ready ready, std::uint64_t changes_before) {
  const auto size = ready.body->size();
  const std::lock_guard lock(mutex_);
  if (changes_ != changes_before || size > most_bytes_ / 8 || by_id_.contains(ready.id)) return;
  kept_.push_front(std::move(ready));
  by_id_.emplace(kept_.front().id, kept_.begin());
  bytes_ += size;
  while (bytes_ > most_bytes_) remove_locked(std::prev(kept_.end()));
}

// Told after its commit and before whoever changed it is answered.
void SessionShelf::heard(const Event& event) {
  if (event.topic != "sessions" || event.type == "session.created") return;
  const auto& id = event.data->at("id").get_ref<const std::string&>();
  const std::lock_guard lock(mutex_);
  ++changes_;
  if (const auto found = by_id_.find(id); found != by_id_.end()) remove_locked(found->second);
}

void SessionShelf::remove_locked(Kept::iterator entry) {
  bytes_ -= entry->body->size();
  by_id_.erase(entry->id);
  kept_.erase(entry);
}

}  // namespace doodled::api
