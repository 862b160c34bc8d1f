#include "core/live/room.hpp"

namespace doodled::live {

Room::~Room() {
  const std::lock_guard lock(mutex_);
  drawings_.clear();
}

Result<std::shared_ptr<Drawing>> Room::open(const Open& open, std::shared_ptr<Peer> peer) {
  const std::lock_guard lock(mutex_);
  sweep();
  const auto found = drawings_.find(open.resume);
  if (found != drawings_.end()) {
    found->second->attach(std::move(peer), true);
    return found->second;
  }
  if (drawings_.size() >= limits_.max_drawings)
    return Error{"too_many_drawings", "too many drawings are open; close one, or try again in a minute"};
  const auto id = new_id(services_.clock.wall_ms());
  auto drawing = std::make_shared<Drawing>(id, open, services_, limits_);
  drawing->attach(std::move(peer), false);
  drawings_.emplace(id, drawing);
  return drawing;
}

void Room::sweep() {
  std::erase_if(drawings_, [](const auto& entry) { return entry.second->over(); });
}

}  // namespace doodled::live
