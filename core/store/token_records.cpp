#include "core/store/token_records.hpp"

#include "core/store/connection.hpp"

namespace doodled {

using store::Connection;
using store::Query;

std::vector<TokenRecord> TokenRecords::all() {
  return database_.read([&](Connection& connection) {
    std::vector<TokenRecord> tokens;
    Query query(connection,
                "SELECT id, name, kind, scope, hash, created_at, last_used_at, last_address FROM tokens");
    while (query.step())
      tokens.push_back({query.text(0), query.text(1), query.text(2), query.text(3), query.text(4),
                        query.integer(5), query.maybe_integer(6), query.text(7)});
    return tokens;
  });
}

void TokenRecords::insert(const TokenRecord& token) {
  database_.write([&](Connection& connection) {
    Query(connection,
          "INSERT INTO tokens (id, name, kind, scope, hash, created_at) VALUES (?, ?, ?, ?, ?, ?)", token.id,
          token.name, token.kind, token.scope, token.hash, token.created_at)
        .run();
  });
}

void TokenRecords::set_name(const std::string& id, const std::string& name) {
  database_.write([&](Connection& connection) {
    Query(connection, "UPDATE tokens SET name = ? WHERE id = ?", name, id).run();
  });
}

void TokenRecords::set_use(const std::string& id, std::int64_t at, const std::string& address) {
  database_.write([&](Connection& connection) {
    Query(connection, "UPDATE tokens SET last_used_at = ?, last_address = ? WHERE id = ?", at, address, id)
        .run();
  });
}

void TokenRecords::remove(const std::string& id) {
  database_.write(
      [&](Connection& connection) { Query(connection, "DELETE FROM tokens WHERE id = ?", id).run(); });
}

}  // namespace doodled
