// The one in-process publish/subscribe: what changed, for the WebSocket, metrics and log.
// Thread-safe; takes a lock and allocates, so it is never called from the player's or a runner's thread.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>

#include "core/base/clock.hpp"
#include "core/base/json.hpp"

namespace doodled {

struct Event {
  std::uint64_t seq = 0;  // from 1, without gaps
  std::int64_t at = 0;    // wall milliseconds
  std::string topic;      // "jobs", "sessions", "plays", "transport", "devices"
  std::string type;       // what happened: "changed", "created", ...
  // {seq, at (RFC 3339), topic, type, data} in one line, made once for all who send it on.
  std::string message;
};

class Bus {
 public:
  // Called on the publisher's thread, one at a time, in the order of seq. Must not block, throw or call the
  // bus.
  using Callback = std::function<void(const Event&)>;

  // Ends the subscription when destroyed; afterwards the callback is not running and never runs again.
  // The bus must outlive it.
  class Subscription {
   public:
    Subscription() = default;
    Subscription(Subscription&& other) noexcept;
    Subscription& operator=(Subscription&& other) noexcept;
    ~Subscription() { end(); }
    void end();

   private:
    friend class Bus;
    Subscription(Bus& bus, std::uint64_t key) : bus_(&bus), key_(key) {}
    Bus* bus_ = nullptr;
    std::uint64_t key_ = 0;
  };

  explicit Bus(const Clock& clock) : clock_(clock) {}

  Event publish(std::string topic, std::string type, const Json& data);
  [[nodiscard]] Subscription subscribe(Callback callback);

 private:
  const Clock& clock_;
  std::mutex mutex_;
  std::uint64_t last_seq_ = 0;
  std::uint64_t last_key_ = 0;
  std::map<std::uint64_t, Callback> callbacks_;
};

}  // namespace doodled
