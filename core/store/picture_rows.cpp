#include "core/store/picture_rows.hpp"

#include "core/store/chain_rows.hpp"

namespace doodled::store {

std::vector<Problem> picture_users(Connection& connection, const std::string& image_id) {
  Query query(
      connection,
      "SELECT 'session_id', id FROM sessions WHERE image_id = ?1 AND hidden = 0"
      " UNION ALL"
      " SELECT 'job_id', id FROM jobs WHERE image_id = ?1 AND state IN ('queued', 'running') LIMIT 20",
      image_id);
  std::vector<Problem> users;
  while (query.step()) users.push_back({query.text(0), query.text(1)});
  return users;
}

bool mark_picture_forgotten(Connection& connection, const std::string& image_id, const std::string& data,
                            std::int64_t at) {
  const auto changed =
      Query(connection, "UPDATE images SET forgotten_at = ? WHERE id = ? AND forgotten_at IS NULL", at,
            image_id)
          .run();
  if (changed == 0) return false;
  Query(connection,
        "DELETE FROM session_strokes WHERE position IN (SELECT position FROM sessions WHERE image_id = ?)",
        image_id)
      .run();
  append_chain_event(connection, "forget", image_id, data, at);
  return true;
}

void remove_forgotten_file(Database& database, Blobs& blobs, const std::string& image_id) {
  database.write([&](Connection& connection) {
    if (Query(connection, "SELECT 1 FROM images WHERE id = ? AND forgotten_at IS NOT NULL", image_id).step())
      blobs.remove(image_id);
  });
}

}  // namespace doodled::store
