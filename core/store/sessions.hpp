// Sessions: immutable musical results, each sealed into the audit chain (core/store/chain.hpp).
#pragma once
#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/store/blobs.hpp"
#include "core/store/database.hpp"
#include "core/store/page.hpp"
#include "core/store/search_words.hpp"

namespace doodled {

// What a session is from its first moment on. Empty ids mean none.
struct NewSession {
  std::string id;  // empty: the store makes one
  std::int64_t created_at = 0;
  std::string mode;
  std::string image_id, job_id, parent_id, interpretation_id;
  std::string interpreter;
  std::uint64_t seed = 0;
  std::string report;    // JSON
  std::string document;  // JSON
  std::string key_name;  // "C minor"; what the history is filtered by
  double tempo = 0;      // beats a minute
  // Not sealed: people change these.
  std::string title;
  std::vector<std::string> tags;
  std::string search_text;  // further words that search finds, such as the prompt
  // The strokes of a drawing (a StrokePage as JSON), or empty. Their SHA-256 is strokes_sha256 in the request
  // of the interpretation.
  std::string strokes = {};
};

// A session without its two large fields, as lists give it.
struct SessionHead {
  std::string id;
  std::int64_t created_at = 0;
  std::string title;
  std::vector<std::string> tags;
  bool starred = false, hidden = false;
  std::string mode;
  std::string image_id, job_id, parent_id, interpretation_id;
  std::string interpreter;
  std::uint64_t seed = 0;
  std::string key_name;
  double tempo = 0;
  std::string hash, previous_hash;
  std::int64_t position = 0;  // in the audit chain, from 1
};

struct SessionRecord : SessionHead {
  std::string report, document;  // JSON
};

// Every given filter must hold. Hidden sessions are not listed.
struct SessionFilter {
  std::string text = {};  // words or beginnings of words in title, tags or search text
  std::string tag = {}, mode = {}, interpreter = {}, key_name = {};
  std::string job_id = {}, image_id = {}, parent_id = {};
  std::string device = {};  // the id of one that it was played on
  std::optional<bool> starred = {};
  std::optional<std::int64_t> created_from = {}, created_before = {};
  std::optional<double> tempo_from = {}, tempo_to = {};
};

struct SessionChange {
  std::optional<std::string> title = {};
  std::optional<std::vector<std::string>> tags = {};
  std::optional<bool> starred = {};
};

struct Forgotten {
  bool picture_removed = false;  // false: there is none, or another session or a job still needs it
};

class Sessions {
 public:
  Sessions(Database& database, Blobs& blobs) : database_(database), blobs_(blobs) {}

  // Errors: unknown_image, unknown_job, unknown_parent, unknown_interpretation, session_exists (same id).
  Result<SessionRecord> append(const NewSession& session);
  // Finds hidden sessions too. Error: unknown_session.
  Result<SessionRecord> get(const std::string& id);
  Result<SessionHead> head(const std::string& id);
  // As they were given. Errors: unknown_session, no_strokes.
  Result<std::string> strokes(const std::string& id);
  // What search finds beside title and tags. Error: unknown_session.
  Result<std::string> search_text(const std::string& id);
  // Newest first. Not inside a transaction where it filters by text. Errors: bad_limit, bad_cursor.
  Result<Page<SessionHead>> list(const SessionFilter& filter, const PageRequest& request);
  // All sessions with the same first ancestor, itself among them, hidden ones too, oldest first; at most a
  // thousand. Empty when there is no such session.
  std::vector<SessionHead> family(const std::string& id);
  // Error: unknown_session.
  Result<SessionHead> change(const std::string& id, const SessionChange& change);
  // Takes it out of the lists, for good; the chain says so. Doing it again changes nothing.
  Result<void> hide(const std::string& id, std::int64_t at);
  // Hides it, and removes its strokes and the picture's bytes when no visible session and no open job uses
  // them.
  Result<Forgotten> forget(const std::string& id, std::int64_t at);
  std::int64_t count();
  // Of stored sessions since the start: what was read of one after asking is still true while it is the same.
  // Counted before whoever changes one is told; inside a transaction of the caller's only what it has
  // appended itself may be changed. Never waits.
  std::uint64_t changes() const noexcept { return changes_; }

 private:
  Database& database_;
  Blobs& blobs_;
  std::atomic<std::uint64_t> changes_ = 0;
  store::SearchWords words_{database_};
};

}  // namespace doodled
