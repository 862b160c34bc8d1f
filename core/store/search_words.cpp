#include "core/store/search_words.hpp"

#include "core/store/connection.hpp"
#include "core/store/group_commit.hpp"
#include "core/store/text_list.hpp"

namespace doodled::store {
namespace {

constexpr int many = 64;  // sessions: a search need not wait for more, nor a writer for as many

std::int64_t last_taken_up(Connection& connection) {
  Query last(connection, "SELECT rowid FROM session_words ORDER BY rowid DESC LIMIT 1");
  return last.step() ? last.integer(0) : 0;
}

bool is_behind(Connection& connection) {
  Query newer(connection, "SELECT 1 FROM sessions WHERE position > ? LIMIT 1", last_taken_up(connection));
  return newer.step();
}

// Up to `many`, the oldest first, so that all behind the last one are lacking. How many there were.
int take_up_some(Connection& connection) {
  Query lacking(connection,
                "SELECT s.position, s.title, s.tags, b.search_text FROM sessions s JOIN session_bodies b"
                " ON b.position = s.position WHERE s.position > ? ORDER BY s.position LIMIT ?",
                last_taken_up(connection), many);
  int taken = 0;
  for (; lacking.step(); ++taken)
    Query(connection, "INSERT INTO session_words (rowid, title, tags, search_text) VALUES (?, ?, ?, ?)",
          lacking.integer(0), lacking.text(1), words_of(texts_from(lacking.text(2))), lacking.text(3))
        .run();
  return taken;
}

}  // namespace

SearchWords::SearchWords(Database& database) : database_(database), errand_([this] { catch_up(); }) {}

void SearchWords::note_session() {
  if (++noted_ < many) return;
  noted_ = 0;
  errand_.ask();
}

// What a power cut undoes is lacking again, so nothing waits for the disk.
void SearchWords::catch_up() {
  try {
    if (!database_.read(is_behind)) return;
    const UnsyncedCommits scope;
    while (database_.write(take_up_some) == many) {
    }
  } catch (const StoreUnavailable&) {
  }
}

std::string words_of(const std::vector<std::string>& tags) {
  std::string text;
  for (const auto& tag : tags) text += tag + " ";
  return text;
}

}  // namespace doodled::store
