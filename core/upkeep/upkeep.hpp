// What a box does for itself on a thread of low priority: the audit chain is checked once after start,
// backups are made and the oldest of them removed, what retention does not keep is let go of.
#pragma once
#include <chrono>
#include <condition_variable>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "core/base/clock.hpp"
#include "core/upkeep/backup.hpp"
#include "core/upkeep/retention.hpp"
#include "core/upkeep/seen_clock.hpp"

namespace doodled {

struct UpkeepOptions {
  std::filesystem::path folder;  // of backups
  int backup_hours = 0;          // between two, restarts or not; 0: only when asked for
  int backup_keep = 7;           // the newest; older ones are removed after each new one
  std::chrono::milliseconds settle = std::chrono::minutes(1);  // after the start, before an overdue one
  bool check_at_start = true;
  RetentionRules retention;
  std::string program;                                                   // version, for the manifest
  std::function<Companions()> companions = [] { return Companions(); };  // of the box, as they are now
  std::function<bool()> synchronised = &clock_synchronised;
};

struct BackupFile {
  std::string name;
  std::int64_t size = 0;  // bytes
};

struct UpkeepState {
  bool backing_up = false;
  std::optional<Error> backup_error;  // of the last one, when it failed
  int backup_failures = 0;            // in a row
  bool checked = false;               // the chain, to its end
  std::optional<AuditFault> fault;    // what the check found
  bool clock_doubted = false;         // so nothing goes by its age
};

class Upkeep {
 public:
  struct Hooks {
    std::function<void(const std::string& session_id, const Forgotten& gone)> forgotten;
    std::function<void(const UpkeepState&)> changed;
  };

  // `store` and `clock` outlive it. The hooks run on its thread.
  Upkeep(Store& store, const Clock& clock, UpkeepOptions options, Hooks hooks);
  ~Upkeep();  // stops what is under way

  // False: one is under way or asked for already.
  bool begin_backup();
  // Clock or disk may be others than before: looks at once at what is due.
  void wake();
  UpkeepState state() const;
  // Newest first.
  std::vector<BackupFile> backups() const;
  // Milliseconds since the newest was made; nothing where there is none.
  std::optional<std::int64_t> backup_age() const;
  // Error of both: unknown_backup.
  Result<std::filesystem::path> backup(const std::string& name) const;
  Result<void> remove_backup(const std::string& name);

 private:
  void run(const std::stop_token& stop);
  void check(const std::stop_token& stop);
  void make_backup(const std::stop_token& stop);
  void remove_old(std::int64_t now);
  void let_go();
  void look_at_clock();
  void note_outcome(const std::optional<Error>& error, std::int64_t now, bool stopped);
  std::vector<std::int64_t> backup_times() const;
  std::int64_t until_backup() const;
  bool is_due() const;
  std::chrono::milliseconds until_due() const;
  void change(const std::function<void(UpkeepState&)>& change);

  Store& store_;
  const Clock& clock_;
  const UpkeepOptions options_;
  const Hooks hooks_;

  mutable std::mutex mutex_;
  std::condition_variable_any wake_;
  UpkeepState state_;
  bool asked_ = false, woken_ = false;
  Nanoseconds settled_{};  // from when on backups are made unasked
  // This thread only, as all below.
  std::optional<std::int64_t> last_made_;  // a backup, whether it is still there or not; wall ms
  int failures_ = 0;                       // of backups, in a row
  Nanoseconds failed_{};                   // when the last of them did
  std::int64_t next_retention_ = 0;
  std::optional<SeenClock> seen_;

  std::jthread thread_;
};

}  // namespace doodled
