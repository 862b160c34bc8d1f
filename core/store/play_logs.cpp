#include "core/store/play_logs.hpp"

#include "core/store/connection.hpp"

namespace doodled {

using store::Connection;
using store::Query;

std::vector<std::string> spare_play_logs(Database& database, std::int64_t before) {
  return database.read([&](Connection& connection) {
    Query query(connection,
                "SELECT p.id FROM plays p JOIN sessions s ON s.id = p.session_id"
                " WHERE p.ended_at < ? AND s.starred = 0"
                " AND EXISTS (SELECT 1 FROM play_events e WHERE e.play = p.position)"
                " ORDER BY p.ended_at, p.position",
                before);
    std::vector<std::string> ids;
    while (query.step()) ids.push_back(query.text(0));
    return ids;
  });
}

void remove_play_log(Database& database, const std::string& play_id) {
  constexpr int at_once = 10'000;
  const auto remove_some = [&](Connection& connection) {
    return Query(
               connection,
               "DELETE FROM play_events WHERE (play, seq) IN (SELECT play, seq FROM play_events WHERE play ="
               " (SELECT position FROM plays WHERE id = ?) ORDER BY seq LIMIT ?)",
               play_id, at_once)
        .run();
  };
  while (database.write(remove_some) == at_once) {
  }
}

}  // namespace doodled
