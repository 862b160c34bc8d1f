#include "core/store/spare_pictures.hpp"

#include "core/store/connection.hpp"

namespace doodled {
namespace {

using store::Connection;
using store::Query;

const std::string kept_and_idle =
    " i.forgotten_at IS NULL AND NOT EXISTS"
    " (SELECT 1 FROM jobs j WHERE j.image_id = i.id AND j.state IN ('queued', 'running')) ";

std::vector<SparePicture> pictures_from(Query& query) {
  std::vector<SparePicture> pictures;
  while (query.step()) pictures.push_back({query.text(0), query.integer(1)});
  return pictures;
}

}  // namespace

std::vector<SparePicture> unused_pictures(Database& database, std::int64_t before) {
  return database.read([&](Connection& connection) {
    Query query(connection,
                "SELECT id, size FROM (SELECT i.id, i.size, i.position,"
                " (SELECT max(s.created_at) FROM sessions s WHERE s.image_id = i.id) AS last_had"
                " FROM images i WHERE i.created_at < ?1 AND" +
                    kept_and_idle +
                    "AND NOT EXISTS (SELECT 1 FROM sessions v WHERE v.image_id = i.id AND v.hidden = 0))"
                    " WHERE last_had IS NULL OR last_had < ?1"
                    " ORDER BY last_had IS NOT NULL, last_had, position",
                before);
    return pictures_from(query);
  });
}

std::vector<SparePicture> unstarred_pictures(Database& database) {
  return database.read([&](Connection& connection) {
    Query query(connection,
                "SELECT i.id, i.size FROM sessions s JOIN images i ON i.id = s.image_id"
                " WHERE s.hidden = 0 AND" +
                    kept_and_idle +
                    "GROUP BY i.id HAVING max(s.starred) = 0"
                    " ORDER BY max(s.created_at), max(s.position)");
    return pictures_from(query);
  });
}

}  // namespace doodled
