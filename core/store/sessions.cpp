#include "core/store/sessions.hpp"

#include <bit>
#include <limits>

#include "core/base/text_result.hpp"
#include "core/store/chain_rows.hpp"
#include "core/store/connection.hpp"
#include "core/store/picture_rows.hpp"
#include "core/store/session_rows.hpp"
#include "core/store/text_list.hpp"

namespace doodled {
namespace {

using store::Connection;
using store::NullIfEmpty;
using store::Query;

Error unknown_session(const std::string& id) {
  return {"unknown_session", "there is no such session", {{"session_id", id}}};
}

Result<SessionHead> find_head(Connection& connection, const std::string& id) {
  Query query(connection,
              "SELECT " + store::session_head_columns +
                  " FROM sessions s JOIN chain c ON c.position = s.position WHERE s.id = ?",
              id);
  if (!query.step()) return unknown_session(id);
  return store::session_head_from(query);
}

bool exists(Connection& connection, const std::string& table, const std::string& id) {
  return Query(connection, "SELECT 1 FROM " + table + " WHERE id = ?", id).step();
}

std::optional<Error> first_unknown(Connection& connection, const NewSession& session) {
  struct Reference {
    const char* word;
    const char* table;
    const std::string& id;
  };
  for (const auto& [word, table, id] :
       {Reference{"image", "images", session.image_id}, Reference{"job", "jobs", session.job_id},
        Reference{"parent", "sessions", session.parent_id},
        Reference{"interpretation", "interpretations", session.interpretation_id}})
    if (!id.empty() && !exists(connection, table, id))
      return Error{std::string("unknown_") + word,
                   std::string("there is no such ") + word,
                   {{std::string(word) + "_id", id}}};
  return std::nullopt;
}

SessionRecord session_from(const NewSession& made) {
  SessionRecord session;
  session.id = made.id.empty() ? new_id(made.created_at) : made.id;
  session.created_at = made.created_at;
  session.title = made.title;
  session.tags = made.tags;
  session.mode = made.mode;
  session.image_id = made.image_id;
  session.job_id = made.job_id;
  session.parent_id = made.parent_id;
  session.interpretation_id = made.interpretation_id;
  session.interpreter = made.interpreter;
  session.seed = made.seed;
  session.key_name = made.key_name;
  session.tempo = made.tempo;
  session.report = made.report;
  session.document = made.document;
  return session;
}

void seal(Connection& connection, SessionRecord& session) {
  std::string request, answer;
  Query reading(connection, "SELECT request, answer FROM interpretations WHERE id = ?",
                session.interpretation_id);
  if (reading.step()) {
    request = reading.text(0);
    answer = reading.text(1);
  }
  auto row = store::next_chain_row(connection);
  row.at = session.created_at;
  row.kind = "session";
  row.subject = session.id;
  row.hash = store::chain_hash(
      row, store::session_fields(session, session.report, session.document, request, answer));
  store::insert_chain_row(connection, row);
  session.position = row.position;
  session.previous_hash = row.previous_hash;
  session.hash = row.hash;
}

void insert_rows(Connection& connection, const SessionRecord& s, const std::string& search_text) {
  Query(
      connection,
      "INSERT INTO sessions (position, id, created_at, mode, interpreter, key_name, tempo, image_id, job_id,"
      " parent_id, interpretation_id, seed, title, tags) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      s.position, s.id, s.created_at, s.mode, s.interpreter, s.key_name, s.tempo, NullIfEmpty{s.image_id},
      NullIfEmpty{s.job_id}, NullIfEmpty{s.parent_id}, NullIfEmpty{s.interpretation_id},
      std::bit_cast<std::int64_t>(s.seed), s.title, store::text_list(s.tags))
      .run();
  Query(connection,
        "INSERT INTO session_bodies (position, report, document, search_text) VALUES (?, ?, ?, ?)",
        s.position, s.report, s.document, search_text)
      .run();
}

void insert_strokes(Connection& connection, std::int64_t position, const std::string& strokes) {
  if (strokes.empty()) return;
  Query(connection, "INSERT INTO session_strokes (position, page) VALUES (?, ?)", position, strokes).run();
}

void replace_tags(Connection& connection, std::int64_t position, const std::vector<std::string>& tags) {
  Query(connection, "DELETE FROM session_tags WHERE position = ?", position).run();
  for (const auto& tag : tags)
    Query(connection, "INSERT OR IGNORE INTO session_tags (tag, position) VALUES (?, ?)", tag, position)
        .run();
}

// A session that the index has not taken up yet is taken up as it is then.
void write_changes(Connection& connection, const SessionHead& head) {
  Query(connection, "UPDATE sessions SET title = ?, tags = ?, starred = ? WHERE position = ?", head.title,
        store::text_list(head.tags), head.starred, head.position)
      .run();
  Query(connection, "UPDATE session_words SET title = ?, tags = ? WHERE rowid = ?", head.title,
        store::words_of(head.tags), head.position)
      .run();
  replace_tags(connection, head.position, head.tags);
}

void hide_row(Connection& connection, const SessionHead& head, std::int64_t at) {
  if (head.hidden) return;
  Query(connection, "UPDATE sessions SET hidden = 1 WHERE position = ?", head.position).run();
  store::append_chain_event(connection, "hide", head.id, "{}", at);
}

// True when the picture is to go now.
bool mark_forgotten(Connection& connection, const SessionHead& head, std::int64_t at) {
  return !head.image_id.empty() && store::picture_users(connection, head.image_id).empty() &&
         store::mark_picture_forgotten(connection, head.image_id, R"({"session":")" + head.id + "\"}", at);
}

}  // namespace

Result<SessionRecord> Sessions::append(const NewSession& made) {
  auto appended = database_.write([&](Connection& connection) -> Result<SessionRecord> {
    if (const auto unknown = first_unknown(connection, made)) return *unknown;
    SessionRecord session = session_from(made);
    if (exists(connection, "sessions", session.id))
      return Error{"session_exists", "there is a session with this id", {{"id", session.id}}};
    seal(connection, session);
    insert_rows(connection, session, made.search_text);
    insert_strokes(connection, session.position, made.strokes);
    replace_tags(connection, session.position, session.tags);
    return session;
  });
  if (appended) words_.note_session();
  return appended;
}

Result<SessionRecord> Sessions::get(const std::string& id) {
  return database_.read([&](Connection& connection) -> Result<SessionRecord> {
    Query query(connection,
                "SELECT " + store::session_head_columns +
                    ", b.report, b.document FROM sessions s JOIN chain c ON c.position = s.position"
                    " JOIN session_bodies b ON b.position = s.position WHERE s.id = ?",
                id);
    if (!query.step()) return unknown_session(id);
    return SessionRecord{store::session_head_from(query), query.text(18), query.text(19)};
  });
}

Result<SessionHead> Sessions::head(const std::string& id) {
  return database_.read([&](Connection& connection) { return find_head(connection, id); });
}

Result<std::string> Sessions::search_text(const std::string& id) {
  return database_.read([&](Connection& connection) -> Result<std::string> {
    const auto head = find_head(connection, id);
    if (!head) return head.error();
    Query query(connection,
                "SELECT coalesce(nullif(b.search_text, ''), w.search_text, '') FROM session_bodies b"
                " LEFT JOIN session_words w ON w.rowid = b.position WHERE b.position = ?",
                head->position);
    return text_result(query.step() ? query.text(0) : std::string());
  });
}

Result<std::string> Sessions::strokes(const std::string& id) {
  return database_.read([&](Connection& connection) -> Result<std::string> {
    const auto head = find_head(connection, id);
    if (!head) return head.error();
    Query query(connection, "SELECT page FROM session_strokes WHERE position = ?", head->position);
    if (!query.step())
      return Error{"no_strokes", "the session was not drawn live, or its drawing was removed for good"};
    return {boost::system::in_place_value, query.text(0)};
  });
}

Result<Page<SessionHead>> Sessions::list(const SessionFilter& filter, const PageRequest& request) {
  const auto window = store::page_window(request, 's', std::numeric_limits<std::int64_t>::max());
  if (!window) return window.error();
  if (!filter.text.empty()) words_.catch_up();
  std::vector<SessionHead> rows;
  database_.read([&](Connection& connection) {
    const auto wanted = store::session_query(filter, *window);
    Query query(connection, wanted.sql);
    wanted.bind_to(query);
    while (query.step()) rows.push_back(store::session_head_from(query));
  });
  return store::cut_page(std::move(rows), window->limit, 's',
                         [](const SessionHead& head) { return head.position; });
}

Result<SessionHead> Sessions::change(const std::string& id, const SessionChange& change) {
  auto changed = database_.write([&](Connection& connection) {
    auto head = find_head(connection, id);
    if (!head) return head;
    if (change.title) head->title = *change.title;
    if (change.tags) head->tags = *change.tags;
    if (change.starred) head->starred = *change.starred;
    write_changes(connection, *head);
    return head;
  });
  ++changes_;
  return changed;
}

Result<void> Sessions::hide(const std::string& id, std::int64_t at) {
  auto hidden = database_.write([&](Connection& connection) -> Result<void> {
    const auto head = find_head(connection, id);
    if (!head) return head.error();
    hide_row(connection, *head, at);
    return {};
  });
  ++changes_;
  return hidden;
}

Result<Forgotten> Sessions::forget(const std::string& id, std::int64_t at) {
  std::string image_id;
  const auto found = database_.write([&](Connection& connection) -> Result<Forgotten> {
    const auto head = find_head(connection, id);
    if (!head) return head.error();
    hide_row(connection, *head, at);
    image_id = head->image_id;
    return Forgotten{mark_forgotten(connection, *head, at)};
  });
  ++changes_;
  if (found && found->picture_removed) store::remove_forgotten_file(database_, blobs_, image_id);
  return found;
}

std::int64_t Sessions::count() {
  return database_.read([](Connection& connection) {
    Query query(connection, "SELECT count(*) FROM sessions WHERE hidden = 0");
    query.step();
    return query.integer(0);
  });
}

}  // namespace doodled
