#include "core/store/connection.hpp"

#include <sqlite3.h>

namespace doodled::store {
namespace {

// In place of SQLite's own, which has this commit empty a long log.
int note_log_pages(void* log_pages, sqlite3*, const char*, int pages) {
  *static_cast<int*>(log_pages) = pages;
  return SQLITE_OK;
}

int flags_of(const ConnectionOptions& options) {
  const int way = options.read_only ? SQLite::OPEN_READONLY | SQLite::OPEN_URI
                                    : SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE;
  return way | SQLite::OPEN_NOMUTEX;
}

// As RFC 3986 has it, for the few characters that mean something else in a URI.
std::string as_uri(const std::string& path) {
  std::string uri = "file:";
  for (const char c : path) uri += c == '%' ? "%25" : c == '?' ? "%3f" : c == '#' ? "%23" : std::string(1, c);
  return uri;
}

// A database whose log was emptied can be read where nothing may be written only as one that nobody changes;
// one with a log has its index beside it as well.
std::string name_of(const std::filesystem::path& file, const ConnectionOptions& options) {
  if (!options.read_only) return file.string();
  std::error_code absent;
  const auto log = std::filesystem::file_size(file.string() + "-wal", absent);
  return as_uri(file.string()) + (absent || log == 0 ? "?immutable=1" : "");
}

// Free pages can be given back to the file system only where that was wished before the first table.
bool is_new(const std::filesystem::path& file) {
  std::error_code absent;
  return std::filesystem::file_size(file, absent) == 0 && !absent;
}

}  // namespace

Connection::Connection(const std::filesystem::path& file, const ConnectionOptions& options)
    : database_(name_of(file, options), flags_of(options), options.busy_timeout_ms, options.vfs) {
  if (!options.read_only && is_new(file)) run_script("PRAGMA auto_vacuum = INCREMENTAL;");
  if (!options.read_only)
    run_script("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 16777216;");
  run_script(
      "PRAGMA foreign_keys = ON; PRAGMA trusted_schema = OFF; PRAGMA temp_store = MEMORY;"
      "PRAGMA cache_size = -512;");  // KiB, of each connection; the system caches the file as well
  sqlite3_wal_hook(database_.getHandle(), note_log_pages, &log_pages_);
  if (options.max_pages > 0) run_script("PRAGMA max_page_count = " + std::to_string(options.max_pages));
}

bool Connection::in_transaction() const { return sqlite3_get_autocommit(database_.getHandle()) == 0; }

void Connection::checkpoint() noexcept {
  sqlite3_wal_checkpoint_v2(database_.getHandle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr, nullptr);
}

Connection::Statements::node_type Connection::take(const std::string& sql) {
  auto found = idle_.extract(sql);
  if (!found.empty()) return found;
  Statements made;
  made.emplace(sql, SQLite::Statement(database_, sql));
  return made.extract(made.begin());
}

// The outcome of reset repeats that of the last step, which was reported then.
Query::~Query() {
  statement().tryReset();
  try {
    statement().clearBindings();
    connection_.give_back(std::move(node_));
  } catch (...) {  // the statement is finalised instead of kept
  }
}

void Query::bind(const NullIfEmpty& value) {
  if (value.text.empty())
    statement().bind(++bound_);
  else
    bind(value.text);
}

void Query::bind(const std::vector<std::uint8_t>& value) {
  // A null pointer would bind NULL.
  const void* data = value.empty() ? static_cast<const void*>("") : value.data();
  statement().bind(++bound_, data, static_cast<int>(value.size()));
}

std::int64_t Query::run() {
  while (step()) {
  }
  return connection_.changes();
}

std::vector<std::uint8_t> Query::bytes(int column) {
  const auto value = statement().getColumn(column);
  const auto* data = static_cast<const std::uint8_t*>(value.getBlob());
  return {data, data + value.getBytes()};
}

std::optional<std::int64_t> Query::maybe_integer(int column) {
  if (statement().isColumnNull(column)) return std::nullopt;
  return integer(column);
}

}  // namespace doodled::store
