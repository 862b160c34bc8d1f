// What webhooks are still to be told. Messages of jobs, sessions and plays come by triggers of the database,
// in the transaction that they tell of (migrations/007_webhooks.sql); nobody calls anything for them.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/store/database.hpp"

namespace doodled {

struct WebhookSubscription {
  std::string hook;
  std::vector<std::string> events;  // such as "job.done"
};

struct WebhookMessage {
  std::int64_t position = 0;
  std::string id;       // the same at each attempt
  std::string type;     // such as "job.done"
  std::string subject;  // id of the job, session or play
  std::string data;     // JSON; empty: what is known of the subject
  std::int64_t created_at = 0;
};

struct WebhookBacklog {
  std::int64_t messages = 0;
  std::optional<std::int64_t> oldest_at;
};

class WebhookOutbox {
 public:
  explicit WebhookOutbox(Database& database) : database_(database) {}

  // Who is told of what from now on. Messages for others are dropped; how many there were.
  std::int64_t use(const std::vector<WebhookSubscription>& hooks);
  // For all that want it.
  void add(const std::string& type, const std::string& subject, const std::string& data);
  // For one hook; the message's id.
  std::string add_for(const std::string& hook, const std::string& type, const std::string& data);
  // The oldest.
  std::optional<WebhookMessage> next(const std::string& hook);
  // Told, or given up. A power cut may bring it back.
  void remove(std::int64_t position);
  // Keeps the newest `most`; how many went.
  std::int64_t trim(const std::string& hook, std::int64_t most);
  WebhookBacklog backlog(const std::string& hook);

 private:
  Database& database_;
};

}  // namespace doodled
