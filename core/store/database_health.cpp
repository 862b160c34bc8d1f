#include "core/store/database_health.hpp"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <sqlite3.h>

#include "core/store/failures.hpp"

namespace doodled {
namespace {

using Clock = std::chrono::steady_clock;

int is_past(void* deadline) { return Clock::now() > *static_cast<const Clock::time_point*>(deadline); }

void check(SQLite::Database& database, Clock::time_point deadline, DatabaseHealth& health) {
  constexpr int steps = 10'000;  // of SQLite's machine between two looks at the clock
  sqlite3_progress_handler(database.getHandle(), steps, &is_past, &deadline);
  SQLite::Statement query(database, "PRAGMA quick_check(1)");
  const int outcome = query.tryExecuteStep();
  health.complete = outcome == SQLITE_ROW;
  if (!health.complete && outcome != SQLITE_INTERRUPT) throw SQLite::Exception(database.getHandle(), outcome);
  if (health.complete && query.getColumn(0).getString() != "ok")
    health.damage = query.getColumn(0).getString();
}

std::int64_t number(SQLite::Database& database, const char* pragma) {
  return database.execAndGet(std::string("PRAGMA ") + pragma).getInt64();
}

void measure(SQLite::Database& database, DatabaseHealth& health) {
  const auto page = number(database, "page_size");
  health.bytes = number(database, "page_count") * page;
  if (number(database, "auto_vacuum") == 0) health.stuck_bytes = number(database, "freelist_count") * page;
}

}  // namespace

DatabaseHealth database_health(const std::filesystem::path& data_dir, std::chrono::milliseconds most) {
  try {
    constexpr int busy_timeout_ms = 1000;
    SQLite::Database database((data_dir / "doodled.sqlite3").string(), SQLite::OPEN_READONLY,
                              busy_timeout_ms);
    DatabaseHealth health;
    health.schema_version = static_cast<int>(number(database, "user_version"));
    measure(database, health);
    check(database, Clock::now() + most, health);
    return health;
  } catch (...) {
    store::rethrow_as_unavailable();
  }
}

}  // namespace doodled
