// Numbered changes of the schema: the files migrations/NNN_*.sql, compiled in, applied in order.
#pragma once
#include <functional>
#include <span>
#include <string_view>

namespace doodled::store {

class Connection;

struct Migration {
  int version;  // 1, 2, 3 ... without gaps
  std::string_view name;
  std::string_view sql;
};

std::span<const Migration> all_migrations();

// Applies what is missing, each in its own transaction together with the new version number. `before_change`
// is called once with the old version when an existing database (version > 0) is about to change.
// Throws StoreUnavailable("newer_database") when the database knows more than `migrations`.
void migrate(Connection& connection, std::span<const Migration> migrations,
             const std::function<void(int)>& before_change);

int schema_version(Connection& connection);

}  // namespace doodled::store
