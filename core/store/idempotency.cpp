#include "core/store/idempotency.hpp"

#include "core/store/connection.hpp"

namespace doodled {

using store::Connection;
using store::Query;

Result<std::optional<std::string>> IdempotencyKeys::find(const IdempotencyKey& key) {
  return database_.read([&](Connection& connection) -> Result<std::optional<std::string>> {
    Query query(connection, "SELECT made_id, request_hash FROM idempotency_keys WHERE scope = ? AND key = ?",
                key.scope, key.key);
    if (!query.step()) return std::optional<std::string>();
    if (query.text(1) != key.request_hash)
      return Error{"idempotency_key_reused",
                   "this Idempotency-Key came with another request before",
                   {{"Idempotency-Key", "use a new key for a new request"}}};
    return std::optional(query.text(0));
  });
}

void IdempotencyKeys::remember(const IdempotencyKey& key, const std::string& made_id, std::int64_t at) {
  database_.write([&](Connection& connection) {
    Query(
        connection,
        "INSERT INTO idempotency_keys (scope, key, request_hash, made_id, created_at) VALUES (?, ?, ?, ?, ?)",
        key.scope, key.key, key.request_hash, made_id, at)
        .run();
  });
}

int IdempotencyKeys::drop_older_than(std::int64_t at) {
  return database_.write([&](Connection& connection) {
    return static_cast<int>(Query(connection, "DELETE FROM idempotency_keys WHERE created_at < ?", at).run());
  });
}

}  // namespace doodled
