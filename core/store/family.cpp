// The tree of sessions that were made of one another.
#include "core/store/connection.hpp"
#include "core/store/session_rows.hpp"

namespace doodled {
namespace {

constexpr int most_relatives = 1000;

// A child always has a higher position than its parent, so both walks end, whatever a hand has written into
// the table.
std::string family_query() {
  return "WITH RECURSIVE up(id, parent_id, position) AS ("
         " SELECT id, parent_id, position FROM sessions WHERE id = ?1"
         " UNION ALL SELECT p.id, p.parent_id, p.position FROM up"
         " JOIN sessions p ON p.id = up.parent_id AND p.position < up.position),"
         " down(id, position) AS ("
         " SELECT * FROM (SELECT id, position FROM up ORDER BY position LIMIT 1)"
         " UNION ALL SELECT c.id, c.position FROM down"
         " JOIN sessions c ON c.parent_id = down.id AND c.position > down.position)"
         " SELECT " +
         store::session_head_columns +
         " FROM (SELECT position FROM down ORDER BY position LIMIT ?2) d"
         " JOIN sessions s ON s.position = d.position JOIN chain c ON c.position = s.position"
         " ORDER BY s.position";
}

}  // namespace

std::vector<SessionHead> Sessions::family(const std::string& id) {
  return database_.read([&](store::Connection& connection) {
    store::Query query(connection, family_query(), id, std::int64_t{most_relatives});
    std::vector<SessionHead> heads;
    while (query.step()) heads.push_back(store::session_head_from(query));
    return heads;
  });
}

}  // namespace doodled
