#include "core/store/webhook_outbox.hpp"

#include "core/store/connection.hpp"
#include "core/store/group_commit.hpp"

namespace doodled {

using store::Connection;
using store::Query;

std::int64_t WebhookOutbox::use(const std::vector<WebhookSubscription>& hooks) {
  const auto known = database_.read([](Connection& connection) {
    return Query(connection, "SELECT 1 FROM webhooks UNION ALL SELECT 1 FROM webhook_outbox LIMIT 1").step();
  });
  if (hooks.empty() && !known) return 0;
  return database_.write([&](Connection& connection) {
    Query(connection, "DELETE FROM webhooks").run();
    for (const auto& [hook, events] : hooks) {
      std::string wanted = " ";
      for (const auto& event : events) wanted += event + " ";
      Query(connection, "INSERT INTO webhooks (name, events) VALUES (?, ?)", hook, wanted).run();
    }
    return Query(connection, "DELETE FROM webhook_outbox WHERE hook NOT IN (SELECT name FROM webhooks)")
        .run();
  });
}

void WebhookOutbox::add(const std::string& type, const std::string& subject, const std::string& data) {
  const store::UnsyncedCommits scope;
  database_.write([&](Connection& connection) {
    Query(connection,
          "INSERT INTO webhook_outbox (hook, type, subject, data)"
          " SELECT name, ?, ?, ? FROM webhooks WHERE instr(events, ?)",
          type, subject, data, " " + type + " ")
        .run();
  });
}

std::string WebhookOutbox::add_for(const std::string& hook, const std::string& type,
                                   const std::string& data) {
  return database_.write([&](Connection& connection) {
    Query added(connection,
                "INSERT INTO webhook_outbox (hook, type, subject, data) VALUES (?, ?, '', ?) RETURNING id",
                hook, type, data);
    added.step();
    return added.text(0);
  });
}

std::optional<WebhookMessage> WebhookOutbox::next(const std::string& hook) {
  return database_.read([&](Connection& connection) -> std::optional<WebhookMessage> {
    Query query(connection,
                "SELECT position, id, type, subject, data, created_at FROM webhook_outbox WHERE hook = ?"
                " ORDER BY position LIMIT 1",
                hook);
    if (!query.step()) return std::nullopt;
    return WebhookMessage{query.integer(0), query.text(1), query.text(2),
                          query.text(3),    query.text(4), query.integer(5)};
  });
}

void WebhookOutbox::remove(std::int64_t position) {
  const store::UnsyncedCommits scope;
  database_.write([&](Connection& connection) {
    Query(connection, "DELETE FROM webhook_outbox WHERE position = ?", position).run();
  });
}

std::int64_t WebhookOutbox::trim(const std::string& hook, std::int64_t most) {
  const std::string newest_to_go =
      "SELECT position FROM webhook_outbox WHERE hook = ? ORDER BY position DESC LIMIT 1 OFFSET ?";
  const bool any = database_.read(
      [&](Connection& connection) { return Query(connection, newest_to_go, hook, most).step(); });
  if (!any) return 0;
  return database_.write([&](Connection& connection) {
    return Query(connection,
                 "DELETE FROM webhook_outbox WHERE hook = ? AND position <= (" + newest_to_go + ")", hook,
                 hook, most)
        .run();
  });
}

WebhookBacklog WebhookOutbox::backlog(const std::string& hook) {
  return database_.read([&](Connection& connection) {
    Query query(connection, "SELECT count(*), min(created_at) FROM webhook_outbox WHERE hook = ?", hook);
    query.step();
    return WebhookBacklog{query.integer(0), query.maybe_integer(1)};
  });
}

}  // namespace doodled
