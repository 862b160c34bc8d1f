#include "core/upkeep/upkeep.hpp"

#include <algorithm>
#include <utility>

#include <sys/resource.h>
#include <unistd.h>

#include "core/base/days.hpp"
#include "core/base/log.hpp"
#include "core/upkeep/schedule.hpp"

namespace doodled {
namespace {

using namespace std::chrono_literals;

// The clock of the wall may be set; it is looked at again at least this often.
constexpr std::chrono::milliseconds longest_sleep = 1h;

constexpr auto seen_file = "clock-seen";

// Linux: a thread has a priority of its own. The player and the uploads come first.
void be_unimportant() { setpriority(PRIO_PROCESS, static_cast<id_t>(gettid()), 19); }

}  // namespace

Upkeep::Upkeep(Store& store, const Clock& clock, UpkeepOptions options, Hooks hooks)
    : store_(store), clock_(clock), options_(std::move(options)), hooks_(std::move(hooks)) {
  next_retention_ = clock_.wall_ms() + hour_ms;
  settled_ = clock_.now() + options_.settle;
  thread_ = std::jthread([this](const std::stop_token& stop) { run(stop); });
}

Upkeep::~Upkeep() {
  thread_.request_stop();
  wake_.notify_all();
}

bool Upkeep::begin_backup() {
  const std::lock_guard lock(mutex_);
  if (state_.backing_up || asked_) return false;
  asked_ = true;
  wake_.notify_all();
  return true;
}

void Upkeep::wake() {
  const std::lock_guard lock(mutex_);
  woken_ = true;
  wake_.notify_all();
}

UpkeepState Upkeep::state() const {
  const std::lock_guard lock(mutex_);
  auto state = state_;
  state.backing_up = state.backing_up || asked_;
  return state;
}

std::vector<BackupFile> Upkeep::backups() const {
  std::vector<BackupFile> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator(options_.folder, error))
    if (const auto name = entry.path().filename().string(); backup_time(name))
      files.push_back({name, static_cast<std::int64_t>(entry.file_size(error))});
  std::sort(files.begin(), files.end(), [](const auto& a, const auto& b) { return a.name > b.name; });
  return files;
}

std::vector<std::int64_t> Upkeep::backup_times() const {
  std::vector<std::int64_t> times;
  for (const auto& file : backups()) times.push_back(*backup_time(file.name));
  return times;
}

std::optional<std::int64_t> Upkeep::backup_age() const {
  const auto now = clock_.wall_ms();
  const auto newest = newest_backup(backup_times(), now);
  return newest ? std::optional(now - *newest) : std::nullopt;
}

Result<std::filesystem::path> Upkeep::backup(const std::string& name) const {
  const auto file = options_.folder / name;
  std::error_code error;
  if (!backup_time(name) || !std::filesystem::is_regular_file(file, error))
    return Error{"unknown_backup", "there is no such backup", {{"name", name.substr(0, 100)}}};
  return Result<std::filesystem::path>(boost::system::in_place_value, file);
}

Result<void> Upkeep::remove_backup(const std::string& name) {
  const auto file = backup(name);
  if (!file) return file.error();
  std::error_code error;
  std::filesystem::remove(*file, error);
  if (error) return Error{"backup_failed", error.message(), {{"name", name}}};
  return {};
}

void Upkeep::run(const std::stop_token& stop) {
  be_unimportant();
  if (options_.check_at_start) check(stop);
  while (!stop.stop_requested()) {
    if (is_due()) make_backup(stop);
    if (options_.retention.max_days > 0) look_at_clock();
    if (options_.retention.any() && clock_.wall_ms() >= next_retention_) let_go();
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, stop, until_due(), [this] { return asked_ || woken_; });
    woken_ = false;
  }
}

void Upkeep::check(const std::stop_token& stop) {
  try {
    const auto report = audit(store_.database, store_.blobs, stop);
    if (stop.stop_requested()) return;
    if (report.fault)
      log::error("store", "the audit chain does not fit",
                 {{"row", std::to_string(report.fault->position)}, {"reason", report.fault->reason}});
    change([&](UpkeepState& state) {
      state.checked = true;
      state.fault = report.fault;
    });
  } catch (const StoreUnavailable& failure) {
    log::error("store", failure.what(), {{"code", failure.code()}});
  }
}

void Upkeep::make_backup(const std::stop_token& stop) {
  change([](UpkeepState& state) { state.backing_up = true; });
  const auto now = clock_.wall_ms();
  std::optional<Error> error;
  try {
    const auto made = back_up(store_, options_.folder / backup_name(now), options_.program, now,
                              options_.companions(), stop);
    if (made)
      remove_old(now);
    else
      error = made.error();
  } catch (const StoreUnavailable& failure) {
    error = Error{failure.code(), failure.what(), {}};
  }
  note_outcome(error, now, stop.stop_requested());
}

void Upkeep::note_outcome(const std::optional<Error>& error, std::int64_t now, bool stopped) {
  failures_ = error ? failures_ + 1 : 0;
  failed_ = clock_.now();
  if (!error) last_made_ = now;
  if (error && !stopped)
    log::error("store", error->message,
               {{"code", error->code},
                {"failures", std::to_string(failures_)},
                {"again_in_minutes",
                 options_.backup_hours > 0 ? std::to_string(backup_retry(failures_).count()) : "never"}});
  change([&](UpkeepState& state) {
    asked_ = false;
    state.backing_up = false;
    state.backup_error = error;
    state.backup_failures = failures_;
  });
}

void Upkeep::remove_old(std::int64_t now) {
  std::vector<std::string> names;
  for (auto& file : backups()) names.push_back(std::move(file.name));
  const auto keep = static_cast<std::size_t>(std::max(options_.backup_keep, 1));
  for (const auto& name : superseded_backups(std::move(names), keep, now)) remove_backup(name);
}

// Hourly at least, so that what is seen of it is fresh when it jumps.
void Upkeep::look_at_clock() {
  const auto file = store_.database.directory() / seen_file;
  const auto now = clock_.wall_ms();
  bool believed = false;
  try {
    if (!seen_) seen_ = load_seen_clock(file);
    if (!seen_) seen_ = SeenClock{newest_session_at(store_).value_or(now), {}, {}};
    believed = believe(*seen_, now, options_.synchronised());
    save_seen_clock(file, *seen_);
  } catch (const StoreUnavailable& failure) {
    log::error("store", failure.what(), {{"code", failure.code()}});
  }
  if (state().clock_doubted == !believed) return;
  if (believed)
    log::info("store", "the clock is believed again; upkeep.keep_days counts by it");
  else
    log::warning(
        "store",
        "the clock is far ahead of when it was seen last: nothing goes by its age until a time server "
        "sets it or it has stayed for a week",
        {{"clock", to_rfc3339(now)}});
  change([&](UpkeepState& state) { state.clock_doubted = !believed; });
}

void Upkeep::let_go() {
  next_retention_ = clock_.wall_ms() + day_ms;
  auto rules = options_.retention;
  if (state().clock_doubted) rules.max_days = 0;
  try {
    const auto gone = apply_retention(store_, rules, clock_.wall_ms(), hooks_.forgotten);
    if (gone.sessions + gone.pictures + gone.logs > 0)
      log::info("store", "the settings let go of what was old or too much",
                {{"sessions", std::to_string(gone.sessions)},
                 {"pictures", std::to_string(gone.pictures)},
                 {"logs", std::to_string(gone.logs)}});
    if (gone.too_large)
      log::warning("store",
                   "what must stay in the database is more than upkeep.keep_bytes, so no picture goes");
  } catch (const StoreUnavailable& failure) {
    log::error("store", failure.what(), {{"code", failure.code()}});
  }
}

// Milliseconds; one that failed is tried again sooner than an interval, but not at once.
std::int64_t Upkeep::until_backup() const {
  auto made = backup_times();
  if (last_made_) made.push_back(*last_made_);
  const auto now = clock_.wall_ms();
  const auto from = failures_ > 0 ? std::max(settled_, failed_ + backup_retry(failures_)) : settled_;
  const auto wait = std::chrono::ceil<std::chrono::milliseconds>(from - clock_.now()).count();
  return std::max<std::int64_t>(next_backup_at(made, options_.backup_hours * hour_ms, now) - now, wait);
}

bool Upkeep::is_due() const {
  {
    const std::lock_guard lock(mutex_);
    if (asked_) return true;
  }
  return options_.backup_hours > 0 && until_backup() <= 0;
}

std::chrono::milliseconds Upkeep::until_due() const {
  std::int64_t left = longest_sleep.count();
  if (options_.backup_hours > 0) left = std::min(left, until_backup());
  if (options_.retention.any()) left = std::min(left, next_retention_ - clock_.wall_ms());
  return std::chrono::milliseconds(std::max<std::int64_t>(left, 1));
}

void Upkeep::change(const std::function<void(UpkeepState&)>& change) {
  UpkeepState after;
  {
    const std::lock_guard lock(mutex_);
    change(state_);
    after = state_;
  }
  hooks_.changed(after);
}

}  // namespace doodled
