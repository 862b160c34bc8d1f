// Tells other programs what happened: one signed HTTP POST a message, one at a time and in order for each
// hook, again and again until it is taken with a 2xx or is too old. What waits is in the database.
#pragma once
#include <array>
#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "core/base/clock.hpp"
#include "core/base/json.hpp"
#include "core/base/random.hpp"
#include "core/interpret/net/backoff.hpp"
#include "core/interpret/net/transport.hpp"
#include "core/store/webhook_outbox.hpp"

namespace doodled {

inline constexpr std::array<std::string_view, 7> webhook_events{
    "job.done",     "job.failed",    "job.cancelled", "session.created",
    "play.started", "play.finished", "device.changed"};

struct WebhookSettings {
  std::string id;
  std::string url;                  // may hold what only its owner knows: never shown or logged
  std::string place;                // scheme and host, which may
  std::vector<std::string> events;  // out of webhook_events
  llm::Secret secret;
  std::optional<Error> unusable;  // why its secret can't be had; nothing is sent then
  TransferLimits limits;
  Backoff backoff;
  std::chrono::milliseconds give_up{};  // of a message that is older
};

// How a hook is getting on, since the start but for the backlog.
struct WebhookState {
  std::string id, place;
  std::vector<std::string> events;
  std::string state;  // idle, delivering, waiting (after a failure), unusable
  WebhookBacklog backlog;
  std::int64_t delivered = 0, failed = 0, given_up = 0;  // messages, attempts, messages
  std::optional<std::int64_t> delivered_at;              // wall milliseconds
  std::optional<Error> last_error;                       // of the last attempt, unless it went well
  std::int64_t retry_in_ms = 0;
};

struct WebhooksHooks {
  // The data of a message, from its type and subject; null for what is no longer known.
  std::function<Json(const std::string& type, const std::string& subject)> describe;
  // "ok", "failed" (an attempt) or "given_up" (a message).
  std::function<void(const std::string& hook, std::string_view outcome)> report;
};

class Webhooks {
 public:
  // All outlive it. Begins at once with what an earlier run has left.
  Webhooks(WebhookOutbox& outbox, Transport& transport, const Clock& clock,
           std::vector<WebhookSettings> settings, WebhooksHooks hooks);
  // What is under way is stopped, and sent again at the next start.
  ~Webhooks();

  // Something may have come into the outbox. Thread-safe, never blocks.
  void wake() noexcept { bell_.ring(); }
  // A message "webhook.test" at the end of the line, which is tried at once; its id. Error: unknown_webhook.
  // Thread-safe, as all that follows; waits for the database.
  Result<std::string> test(const std::string& id);
  std::vector<WebhookState> states();

 private:
  struct Hook {
    WebhookSettings settings;
    std::vector<std::uint8_t> key;
    std::optional<WebhookMessage> message;  // that is being sent
    Transport::Id transfer = 0;
    int failures = 0;  // in a row
    Nanoseconds retry_at{0};
    WebhookState told;  // without backlog and waiting time
  };
  // What came of an attempt.
  struct Outcome {
    std::size_t hook;
    TransferEnd end;
    std::optional<std::chrono::milliseconds> wish;  // Retry-After
  };
  // Outlives us where a transfer does.
  struct Mail {
    std::mutex mutex;
    std::deque<Outcome> outcomes;
    Webhooks* reader = nullptr;  // null once it is gone
  };

  Nanoseconds turn();
  void take_outcomes();
  void take(const Outcome& outcome);
  Nanoseconds send_due();
  void send_next(std::size_t index);
  void send(std::size_t index, const WebhookMessage& message);
  void give_up(Hook& hook, const WebhookMessage& message);
  void failed(Hook& hook, const Outcome& outcome);
  std::string body_of(const WebhookMessage& message) const;

  WebhookOutbox& outbox_;
  Transport& transport_;
  const Clock& clock_;
  const WebhooksHooks hooks_;
  Random random_;
  const std::shared_ptr<Mail> mail_ = std::make_shared<Mail>();
  Bell bell_;
  std::atomic<bool> quit_{false};
  mutable std::mutex mutex_;  // of `all_`; not held while the database or the network is used for long
  std::vector<Hook> all_;
  std::thread thread_;  // last: it uses what is above
};

}  // namespace doodled
