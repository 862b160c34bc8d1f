// One SQLite connection and its prepared statements. Only core/store includes this.
// A connection and its queries are used by one thread at a time.
#pragma once
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

namespace doodled::store {

struct ConnectionOptions {
  int busy_timeout_ms;
  int max_pages;
  std::string vfs;
  bool read_only = false;  // the file system takes no writes; the file must be there
};

class Connection {
 public:
  // Opens or makes the file. Throws SQLite::Exception, as everything here may; see failures.hpp.
  Connection(const std::filesystem::path& file, const ConnectionOptions& options);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  void run_script(const std::string& sql) { database_.exec(sql); }
  // False when SQLite has rolled the transaction back by itself, as it may on a full disk.
  bool in_transaction() const;
  std::int64_t changes() const { return database_.getChanges(); }
  // How long the write-ahead log was after the last commit here.
  int log_pages() const { return log_pages_; }
  // Copies the log into the database as far as that needs to wait for nobody. What fails stays in the log.
  void checkpoint() noexcept;

 private:
  friend class Query;
  using Statements = std::unordered_map<std::string, SQLite::Statement>;

  Statements::node_type take(const std::string& sql);
  void give_back(Statements::node_type statement) { idle_.insert(std::move(statement)); }

  SQLite::Database database_;
  Statements idle_;
  int log_pages_ = 0;
};

// A value to bind: empty text as NULL. For references to rows that may be missing.
struct NullIfEmpty {
  const std::string& text;
};

// One run of a prepared statement: bind, step, read columns (from 0). Gives the statement back at its end.
class Query {
 public:
  template <class... Values>
  Query(Connection& connection, const std::string& sql, const Values&... values)
      : connection_(connection), node_(connection.take(sql)) {
    (bind(values), ...);
  }
  ~Query();
  Query(const Query&) = delete;
  Query& operator=(const Query&) = delete;

  void bind(std::int64_t value) { statement().bind(++bound_, value); }
  void bind(int value) { statement().bind(++bound_, value); }
  void bind(bool value) { statement().bind(++bound_, value ? 1 : 0); }
  void bind(double value) { statement().bind(++bound_, value); }
  void bind(const std::string& value) { statement().bind(++bound_, value); }
  void bind(std::string_view value) { statement().bind(++bound_, std::string(value)); }
  void bind(const char* value) { statement().bind(++bound_, value); }
  void bind(const NullIfEmpty& value);
  void bind(const std::vector<std::uint8_t>& value);

  // True while there is a row.
  bool step() { return statement().executeStep(); }
  // For statements without rows; returns how many rows were changed.
  std::int64_t run();

  std::int64_t integer(int column) { return statement().getColumn(column).getInt64(); }
  int small(int column) { return statement().getColumn(column).getInt(); }
  bool flag(int column) { return integer(column) != 0; }
  double real(int column) { return statement().getColumn(column).getDouble(); }
  // NULL is empty.
  std::string text(int column) { return statement().getColumn(column).getString(); }
  std::vector<std::uint8_t> bytes(int column);
  std::optional<std::int64_t> maybe_integer(int column);

 private:
  SQLite::Statement& statement() { return node_.mapped(); }

  Connection& connection_;
  Connection::Statements::node_type node_;
  int bound_ = 0;
};

}  // namespace doodled::store
