#include "core/events/bus.hpp"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

namespace doodled {
namespace {

// An object, written around its data, which is large beside the rest and would be copied into it.
std::shared_ptr<const std::string> message_of(const Event& event) {
  return std::make_shared<const std::string>(
      "{\"at\":\"" + to_rfc3339(event.at) + "\",\"data\":" + to_text(*event.data) +
      ",\"seq\":" + std::to_string(event.seq) + ",\"topic\":" + to_text(event.topic) +
      ",\"type\":" + to_text(event.type) + "}");
}

}  // namespace

Event Bus::publish(std::string topic, std::string type, Json data) {
  auto shared_data = std::make_shared<const Json>(std::move(data));
  const std::lock_guard lock(mutex_);
  Event event{++last_seq_, clock_.wall_ms(), std::move(topic), std::move(type), std::move(shared_data), {}};
  event.message = message_of(event);
  kept_.push_back(event);
  if (kept_.size() > keep_) kept_.pop_front();
  for (const auto& [key, callback] : callbacks_) callback(event);
  return event;
}

Bus::Subscription Bus::add_locked(Callback callback) {
  callbacks_.emplace(++last_key_, std::move(callback));
  return Subscription(*this, last_key_);
}

Bus::Subscription Bus::subscribe(Callback callback) {
  const std::lock_guard lock(mutex_);
  return add_locked(std::move(callback));
}

Bus::Subscription Bus::subscribe_since(std::uint64_t seq, Callback callback, bool& complete) {
  const std::lock_guard lock(mutex_);
  const auto missed = since_locked(seq);
  complete = missed.complete;
  for (const auto& event : missed.events) callback(event);
  return add_locked(std::move(callback));
}

Bus::Missed Bus::since_locked(std::uint64_t seq) const {
  const std::uint64_t first_kept = last_seq_ - kept_.size() + 1;
  const bool known = seq <= last_seq_;
  const auto from = known ? std::ranges::upper_bound(kept_, seq, {}, &Event::seq) : kept_.begin();
  return {{from, kept_.end()}, known && seq + 1 >= first_kept};
}

Bus::Missed Bus::since(std::uint64_t seq) const {
  const std::lock_guard lock(mutex_);
  return since_locked(seq);
}

std::uint64_t Bus::last_seq() const {
  const std::lock_guard lock(mutex_);
  return last_seq_;
}

Bus::Subscription::Subscription(Subscription&& other) noexcept
    : bus_(std::exchange(other.bus_, nullptr)), key_(other.key_) {}

Bus::Subscription& Bus::Subscription::operator=(Subscription&& other) noexcept {
  if (this == &other) return *this;
  end();
  bus_ = std::exchange(other.bus_, nullptr);
  key_ = other.key_;
  return *this;
}

void Bus::Subscription::end() {
  if (bus_ == nullptr) return;
  const std::lock_guard lock(bus_->mutex_);
  bus_->callbacks_.erase(key_);
  bus_ = nullptr;
}

}  // namespace doodled
