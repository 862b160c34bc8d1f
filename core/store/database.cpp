#include "core/store/database.hpp"

#include <charconv>
#include <functional>
#include <map>
#include <utility>

#include "core/store/checkpointer.hpp"
#include "core/store/connection.hpp"
#include "core/store/connection_pool.hpp"
#include "core/store/durable_files.hpp"
#include "core/store/failures.hpp"
#include "core/store/group_commit.hpp"

namespace doodled {
namespace {

// The connection whose transaction this thread is inside of, so that nested calls join it.
struct Current {
  const Database* database = nullptr;
  store::Connection* connection = nullptr;
  bool writing = false;
};
thread_local Current current;

class CurrentScope {
 public:
  explicit CurrentScope(const Current& inner) : outer_(std::exchange(current, inner)) {}
  ~CurrentScope() { current = outer_; }
  CurrentScope(const CurrentScope&) = delete;
  CurrentScope& operator=(const CurrentScope&) = delete;

 private:
  Current outer_;
};

std::int64_t number(store::Connection& connection, const std::string& pragma) {
  store::Query query(connection, "PRAGMA " + pragma);
  query.step();
  return query.integer(0);
}

// VACUUM INTO reads one consistent state, the log included. The copy can give free pages back, whatever the
// original can; where it can as well, to wish it again would need a write.
void copy_whole(store::Connection& connection, const std::filesystem::path& copy) {
  const std::filesystem::path unfinished = copy.string() + ".unfinished";
  std::filesystem::remove(unfinished);
  if (number(connection, "auto_vacuum") == 0) connection.run_script("PRAGMA auto_vacuum = INCREMENTAL");
  store::Query(connection, "VACUUM INTO ?", unfinished.string()).run();
  store::move_durably(unfinished, copy);
}

constexpr auto copy_suffix = ".version-";
constexpr std::size_t copies_kept = 2;

std::filesystem::path copy_before_change(const std::filesystem::path& file, int version) {
  return file.string() + copy_suffix + std::to_string(version);
}

// Copies from before changes of the schema, the newest first.
std::map<int, std::filesystem::path, std::greater<>> copies_of(const std::filesystem::path& file) {
  std::map<int, std::filesystem::path, std::greater<>> copies;
  const auto prefix = file.filename().string() + copy_suffix;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(file.parent_path(), ignored)) {
    const auto name = entry.path().filename().string();
    if (!name.starts_with(prefix)) continue;
    int version = 0;
    const auto end = name.data() + name.size();
    if (std::from_chars(name.data() + prefix.size(), end, version).ptr == end)
      copies.emplace(version, entry.path());
  }
  return copies;
}

void remove_older_copies(const std::filesystem::path& file) {
  std::error_code ignored;
  std::size_t seen = 0;
  for (const auto& [version, copy] : copies_of(file))
    if (++seen > copies_kept) std::filesystem::remove(copy, ignored);
}

}  // namespace

class Database::Impl {
 public:
  Impl(const std::filesystem::path& file, const DatabaseOptions& options)
      : writer_(file, connection_options(file, options)),
        pool_([file, wanted = connection_options(file, options)] {
          return std::make_unique<store::Connection>(file, wanted);
        }),
        group_(writer_),
        checkpointer_(pool_, group_) {
    bool copied = false;
    store::migrate(writer_, options.migrations, [&](int version) {
      copy_whole(writer_, copy_before_change(file, version));
      copied = true;
    });
    if (copied) remove_older_copies(file);
  }

  store::ConnectionPool& pool() { return pool_; }
  store::GroupCommit& group() { return group_; }
  store::Checkpointer& checkpointer() { return checkpointer_; }

 private:
  static store::ConnectionOptions connection_options(const std::filesystem::path& file,
                                                     const DatabaseOptions& options) {
    return {options.busy_timeout_ms, options.max_pages, options.vfs,
            store::on_read_only_file_system(file.parent_path())};
  }

  store::Connection writer_;
  store::ConnectionPool pool_;
  store::GroupCommit group_;
  store::Checkpointer checkpointer_;
};

Database::Database(std::filesystem::path data_dir, const DatabaseOptions& options)
    : directory_(std::move(data_dir)) {
  store::make_directory(directory_);
  try {
    impl_ = std::make_unique<Impl>(directory_ / "doodled.sqlite3", options);
  } catch (...) {
    store::rethrow_as_unavailable();
  }
}

Database::~Database() = default;

int Database::schema_version() {
  return read([](store::Connection& connection) { return store::schema_version(connection); });
}

std::uint64_t Database::commits() const noexcept { return impl_->group().commits(); }

std::int64_t Database::used_bytes() {
  return read([](store::Connection& connection) {
    store::Query query(
        connection,
        "SELECT ((SELECT page_count FROM pragma_page_count) -"
        " (SELECT freelist_count FROM pragma_freelist_count)) * page_size FROM pragma_page_size");
    query.step();
    return query.integer(0);
  });
}

void Database::give_back() {
  std::int64_t left = 0, before = 0;
  do {
    before = left;
    left = write([](store::Connection& connection) {
      store::Query(connection, "PRAGMA incremental_vacuum(1000)").run();
      return number(connection, "freelist_count");
    });
  } while (left > 0 && left != before);
}

void Database::transaction(const std::function<void()>& work) {
  run_write([&](store::Connection&) { work(); });
}

void Database::copy_to(const std::filesystem::path& file) {
  try {
    copy_whole(*impl_->pool().lease(), file);
  } catch (...) {
    store::rethrow_as_unavailable();
  }
}

void Database::run_read(const ConnectionWork& work) {
  if (current.database == this) return work(*current.connection);
  try {
    const auto lease = impl_->pool().lease();
    const store::ReadSnapshot snapshot(*lease);
    const CurrentScope scope({this, &*lease, false});
    work(*lease);
  } catch (...) {
    store::rethrow_as_unavailable();
  }
}

void Database::run_write(const ConnectionWork& work) {
  if (current.database == this) {
    if (!current.writing) throw std::logic_error("a write inside a read of the same database");
    return store::run_in_savepoint(*current.connection, work);
  }
  try {
    impl_->group().run([&](store::Connection& connection) {
      const CurrentScope scope({this, &connection, true});
      work(connection);
    });
    impl_->checkpointer().look();
  } catch (...) {
    store::rethrow_as_unavailable();
  }
}

}  // namespace doodled
