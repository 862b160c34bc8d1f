#include "core/events/bus.hpp"

#include <utility>

#include <nlohmann/json.hpp>

namespace doodled {
namespace {

// An object, written around its data, which is large beside the rest.
std::string message_of(const Event& event, const std::string& data) {
  return "{\"at\":\"" + to_rfc3339(event.at) + "\",\"data\":" + data +
         ",\"seq\":" + std::to_string(event.seq) + ",\"topic\":" + to_text(event.topic) +
         ",\"type\":" + to_text(event.type) + "}";
}

}  // namespace

Event Bus::publish(std::string topic, std::string type, const Json& data) {
  const std::string text = to_text(data);
  const std::lock_guard lock(mutex_);
  Event event{++last_seq_, clock_.wall_ms(), std::move(topic), std::move(type), {}};
  event.message = message_of(event, text);
  for (const auto& [key, callback] : callbacks_) callback(event);
  return event;
}

Bus::Subscription Bus::subscribe(Callback callback) {
  const std::lock_guard lock(mutex_);
  callbacks_.emplace(++last_key_, std::move(callback));
  return Subscription(*this, last_key_);
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
