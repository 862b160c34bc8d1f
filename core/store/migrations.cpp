#include "core/store/migrations.hpp"

#include "core/store/connection.hpp"
#include "core/store/database.hpp"

namespace doodled::store {
namespace {

void apply(Connection& connection, const Migration& migration) {
  connection.run_script("BEGIN IMMEDIATE");
  // Another process may have been faster.
  if (schema_version(connection) < migration.version) {
    connection.run_script(std::string(migration.sql));
    connection.run_script("PRAGMA user_version = " + std::to_string(migration.version));
  }
  connection.run_script("COMMIT");
}

}  // namespace

int schema_version(Connection& connection) {
  Query query(connection, "PRAGMA user_version");
  return query.step() ? query.small(0) : 0;
}

void migrate(Connection& connection, std::span<const Migration> migrations,
             const std::function<void(int)>& before_change) {
  const int found = schema_version(connection);
  const int known = migrations.empty() ? 0 : migrations.back().version;
  if (found > known)
    throw StoreUnavailable("newer_database", "the database has version " + std::to_string(found) +
                                                 ", this program knows versions up to " +
                                                 std::to_string(known));
  if (found > 0 && found < known) before_change(found);
  for (const auto& migration : migrations) {
    if (migration.version <= found) continue;
    try {
      apply(connection, migration);
    } catch (...) {
      if (connection.in_transaction()) connection.run_script("ROLLBACK");
      throw;
    }
  }
}

}  // namespace doodled::store
