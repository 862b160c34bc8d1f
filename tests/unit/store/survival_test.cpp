// The store under a disk that fails and a process that is killed.
#include <csignal>
#include <map>
#include <set>
#include <sstream>
#include <thread>

#include <SQLiteCpp/Database.h>
#include <doctest/doctest.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/random.hpp"
#include "tests/unit/store/failing_vfs.hpp"
#include "tests/unit/store/fixture.hpp"

using namespace doodled;
using namespace doodled::test;

namespace {

// What must hold at any moment, whatever has happened.
void check_sound(Store& store) {
  PageRequest request{500, {}};
  do {
    const auto page = store.jobs.list(std::nullopt, request).value();
    for (const auto& job : page.items) {
      CAPTURE(job.id);
      CHECK(job.session_ids.size() == (job.state == JobState::done ? 2 : 0));
      CHECK(is_final(job.state) == job.finished_at.has_value());
    }
    request.cursor = page.next_cursor;
  } while (!request.cursor.empty());
  const auto report = audit(store.database, store.blobs);
  if (report.fault) FAIL(report.fault->reason);
}

std::string integrity(const std::filesystem::path& directory) {
  SQLite::Database file((directory / "doodled.sqlite3").string());
  return file.execAndGet("PRAGMA integrity_check").getString();
}

// One job from upload to play log. Each step may fail and is then tried no further.
void run_one_job(Store& store) {
  const auto image = put_picture(store);
  auto job = store.jobs.submit(wish(image.id), IdempotencyKey{"jobs", "key", "hash"}).value().job;
  job = store.jobs.claim(noon).value();
  store.jobs.progress(job, "interpreting", 0.5).value();
  auto result = two_candidates();
  for (auto& session : result.sessions) session.image_id = image.id;
  const auto done = store.jobs.finish(job, result, noon).value();
  PlayRecord play;
  play.session_id = done.session_ids[0];
  play.job_id = done.id;
  play.devices = "[]";
  const auto started = store.plays.start(play).value();
  const std::vector<PlayEvent> events(3, PlayEvent{1, 0, 0, "max", 0, {1, 2, 3}});
  store.plays.log(started.id, events).value();
}

// The code of the failure, or "done".
std::string run_until_failure(Store& store) {
  try {
    run_one_job(store);
    return "done";
  } catch (const StoreUnavailable& unavailable) {
    return unavailable.code();
  }
}

struct DiskFailure {
  int result;
  const char* code;
};

// False when the job needs fewer than `nth` writes.
bool survive_failure_at(FailingVfs& vfs, int nth, const DiskFailure& disk_failure) {
  CAPTURE(nth);
  TemporaryDirectory directory;
  DatabaseOptions options;
  options.vfs = FailingVfs::name();
  Store store(directory.path(), options);
  vfs.fail(nth, disk_failure.result);
  const auto outcome = run_until_failure(store);
  const bool failed = vfs.has_failed();
  vfs.fail(0, SQLITE_OK);

  CHECK(outcome == (failed ? disk_failure.code : "done"));
  check_sound(store);
  if (failed) {  // the same store goes on once the disk does
    store.jobs.rescue(noon);
    const auto repeated = store.jobs.submit(wish(), IdempotencyKey{"jobs", "key", "hash"}).value();
    CHECK(is_id(repeated.job.id));
    check_sound(store);
  }
  CHECK(integrity(directory.path()) == "ok");
  return failed;
}

}  // namespace

TEST_CASE("a disk that fails at any write of a job fails that call and leaves the store sound") {
  FailingVfs vfs;
  for (const auto& disk_failure :
       {DiskFailure{SQLITE_FULL, "disk_full"}, DiskFailure{SQLITE_IOERR_WRITE, "io_error"},
        DiskFailure{SQLITE_IOERR_FSYNC, "io_error"}}) {
    CAPTURE(disk_failure.code);
    int nth = 1;
    while (survive_failure_at(vfs, nth, disk_failure)) ++nth;
    CHECK(nth > 10);
  }
}

namespace {

// A line in a pipe for each thing that the store has acknowledged. One write is whole, also when two threads
// write.
class Acknowledgements {
 public:
  explicit Acknowledgements(int fd) : fd_(fd) {}
  void tell(const std::string& what, const std::string& id) const {
    const std::string line = what + " " + id + "\n";
    if (::write(fd_, line.data(), line.size()) < 0) ::_exit(1);
  }

 private:
  int fd_;
};

void submit_for_ever(Store& store, const Acknowledgements& told) {
  for (int i = 0;; ++i) {
    const auto job =
        store.jobs.submit(wish(put_picture(store, "picture " + std::to_string(i % 7)).id)).value().job;
    told.tell("submitted", job.id);
    if (i % 5 == 0 && store.jobs.cancel(job.id, noon)) told.tell("cancelling", job.id);
  }
}

void work_for_ever(Store& store, const Acknowledgements& told) {
  for (;;) {
    const auto job = store.jobs.claim(noon);
    if (!job) continue;
    told.tell("claimed", job->id);
    store.jobs.progress(*job, "interpreting", 0.5).value();
    const auto ended = store.jobs.finish(*job, two_candidates(), noon).value();
    told.tell(std::string(to_string(ended.state)), job->id);
  }
}

// The life of a daemon until it is killed.
[[noreturn]] void run_child(const std::filesystem::path& directory, int fd) {
  const Acknowledgements told(fd);
  Store store(directory);
  store.jobs.rescue(noon, 1000);
  std::jthread submitter([&] { submit_for_ever(store, told); });
  std::jthread worker([&] { work_for_ever(store, told); });
  work_for_ever(store, told);
  ::_exit(0);
}

// Kills a child after it has told `lines` things, and returns everything it had told.
std::string told_until_killed(const std::filesystem::path& directory, int lines) {
  int pipe_ends[2];
  REQUIRE(::pipe2(pipe_ends, O_CLOEXEC) == 0);
  const pid_t child = ::fork();
  REQUIRE(child >= 0);
  if (child == 0) run_child(directory, pipe_ends[1]);
  ::close(pipe_ends[1]);
  std::string told;
  char c = 0;
  while (::read(pipe_ends[0], &c, 1) == 1) {
    told += c;
    if (c == '\n' && --lines == 0) ::kill(child, SIGKILL);
  }
  ::close(pipe_ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  CHECK((WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL));
  return told;
}

// job id -> the last thing that was told of it
void remember(std::map<std::string, std::string>& acknowledged, const std::string& told) {
  std::istringstream lines(told);
  std::string what, id;
  while (lines >> what >> id) {
    auto& last = acknowledged[id];
    if (last != "done" && last != "cancelled") last = what;
  }
}

void check_nothing_lost(Store& store, const std::map<std::string, std::string>& acknowledged) {
  for (const auto& [id, last] : acknowledged) {
    CAPTURE(id);
    CAPTURE(last);
    const auto job = store.jobs.get(id);
    REQUIRE(job.has_value());
    if (last == "done") CHECK(job->state == JobState::done);
    if (last == "cancelled") CHECK(job->state == JobState::cancelled);
  }
}

void work_off(Store& store) {
  store.jobs.rescue(noon, 1000);
  while (const auto job = store.jobs.claim(noon)) store.jobs.finish(*job, two_candidates(), noon).value();
}

}  // namespace

TEST_CASE("after kill -9 at any moment no acknowledged job is lost, and each is finished once") {
  TemporaryDirectory directory;
  Random random(20260101);
  std::map<std::string, std::string> acknowledged;

  for (int kill = 0; kill < 20; ++kill) {
    CAPTURE(kill);
    remember(acknowledged, told_until_killed(directory.path(), 1 + random.below(60)));
    Store store(directory.path());
    check_sound(store);
    check_nothing_lost(store, acknowledged);
  }

  Store store(directory.path());
  work_off(store);
  check_sound(store);
  check_nothing_lost(store, acknowledged);
  for (const auto& [id, last] : acknowledged) CHECK(is_final(store.jobs.get(id)->state));
  CHECK(store.jobs.count(JobState::failed) == 0);
  CHECK(store.sessions.count() == 2 * store.jobs.count(JobState::done));
  CHECK(acknowledged.size() > 20);
}
