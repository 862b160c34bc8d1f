#include "core/store/images.hpp"

#include <limits>

#include "core/base/days.hpp"
#include "core/store/connection.hpp"
#include "core/store/picture_rows.hpp"

namespace doodled {
namespace {

using store::Connection;
using store::Query;

const std::string image_columns =
    "SELECT id, size, media_type, width, height, orientation, created_at, forgotten_at, position, stays"
    " FROM images ";

Image image_from(Query& row) {
  return {row.text(0),    row.integer(1),       {row.text(2), row.small(3), row.small(4), row.small(5)},
          row.integer(6), row.maybe_integer(7), row.flag(9)};
}

Result<Image> find_image(Connection& connection, const std::string& id) {
  Query query(connection, image_columns + "WHERE id = ?", id);
  if (!query.step()) return Error{"unknown_image", "there is no such image", {{"image_id", id}}};
  return image_from(query);
}

}  // namespace

KeptPicture Images::keep(Bytes data, const ImageFacts& facts, std::int64_t at) {
  const auto removals = blobs_.removals();
  return {blobs_.put(data), data, facts, at, removals};
}

// A forget may have removed the file since it was kept; inside a write it can't.
Image Images::add(const KeptPicture& picture) {
  const auto& facts = picture.facts;
  return database_.write([&](Connection& connection) {
    Query(connection,
          "INSERT INTO images (id, size, media_type, width, height, orientation, created_at)"
          " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (id)"
          " DO UPDATE SET forgotten_at = NULL, created_at = excluded.created_at"
          " WHERE forgotten_at IS NOT NULL OR created_at + ? <= excluded.created_at AND NOT EXISTS"
          " (SELECT 1 FROM sessions s WHERE s.image_id = images.id AND s.hidden = 0)",
          picture.id, static_cast<std::int64_t>(picture.data.size()), facts.media_type, facts.width,
          facts.height, facts.orientation, picture.at, hour_ms)
        .run();
    if (blobs_.removals() != picture.removals) blobs_.put_named(picture.id, picture.data);
    return find_image(connection, picture.id).value();
  });
}

Result<Image> Images::keep_here(const std::string& id, bool stays) {
  return database_.write([&](Connection& connection) {
    Query(connection, "UPDATE images SET stays = ? WHERE id = ?", stays, id).run();
    return find_image(connection, id);
  });
}

Result<Image> Images::get(const std::string& id) {
  return database_.read([&](Connection& connection) { return find_image(connection, id); });
}

Result<std::vector<std::uint8_t>> Images::bytes(const std::string& id) {
  const auto image = get(id);
  if (!image) return image.error();
  const Error forgotten{"image_forgotten", "the picture was removed for good", {{"image_id", id}}};
  if (image->forgotten_at) return forgotten;
  auto data = blobs_.get(id);
  if (data) return std::move(*data);
  if (get(id)->forgotten_at) return forgotten;
  throw StoreUnavailable("damaged", "the picture " + id + " is missing");
}

Result<void> Images::forget(const std::string& id, std::int64_t at) {
  const auto marked = database_.write([&](Connection& connection) -> Result<void> {
    const auto image = find_image(connection, id);
    if (!image) return image.error();
    if (image->forgotten_at) return {};
    if (auto users = store::picture_users(connection, id); !users.empty())
      return Error{"image_in_use", "sessions or jobs still have this picture", std::move(users)};
    store::mark_picture_forgotten(connection, id, "{}", at);
    return {};
  });
  if (marked) store::remove_forgotten_file(database_, blobs_, id);
  return marked;
}

Result<Page<Image>> Images::list(const PageRequest& request) {
  const auto window = store::page_window(request, 'i', std::numeric_limits<std::int64_t>::max());
  if (!window) return window.error();
  struct Row {
    Image image;
    std::int64_t position;
  };
  std::vector<Row> rows;
  database_.read([&](Connection& connection) {
    Query query(connection, image_columns + "WHERE position < ? ORDER BY position DESC LIMIT ?",
                window->after, window->limit + 1);
    while (query.step()) rows.push_back({image_from(query), query.integer(8)});
  });
  auto cut =
      store::cut_page(std::move(rows), window->limit, 'i', [](const Row& row) { return row.position; });
  Page<Image> page{{}, std::move(cut.next_cursor)};
  for (auto& row : cut.items) page.items.push_back(std::move(row.image));
  return page;
}

std::int64_t Images::total_bytes() {
  return database_.read([&](Connection& connection) {
    Query query(connection, "SELECT coalesce(sum(size), 0) FROM images WHERE forgotten_at IS NULL");
    query.step();
    return query.integer(0);
  });
}

int Images::sweep_forgotten() {
  return database_.write([&](Connection& connection) {
    int removed = 0;
    Query query(connection, "SELECT id FROM images WHERE forgotten_at IS NOT NULL");
    while (query.step()) removed += blobs_.remove(query.text(0)) ? 1 : 0;
    return removed;
  });
}

}  // namespace doodled
