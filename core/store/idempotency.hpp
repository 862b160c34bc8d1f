// Idempotency keys: what a repeated request made the first time.
#pragma once
#include <optional>

#include "core/base/result.hpp"
#include "core/store/database.hpp"

namespace doodled {

struct IdempotencyKey {
  std::string scope;  // which call: "jobs", "sessions"
  std::string key;    // as the client sent it
  std::string request_hash;
};

class IdempotencyKeys {
 public:
  explicit IdempotencyKeys(Database& database) : database_(database) {}

  // The id that was remembered, or nothing where the key is new.
  // Error: idempotency_key_reused, when another request came with this key.
  Result<std::optional<std::string>> find(const IdempotencyKey& key);
  // Call in the transaction that makes the thing.
  void remember(const IdempotencyKey& key, const std::string& made_id, std::int64_t at);
  // Returns how many were dropped.
  int drop_older_than(std::int64_t at);

 private:
  Database& database_;
};

}  // namespace doodled
