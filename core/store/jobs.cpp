#include "core/store/jobs.hpp"

#include <limits>

#include "core/base/ids.hpp"
#include "core/store/connection.hpp"
#include "core/store/group_commit.hpp"
#include "core/store/job_rows.hpp"

namespace doodled {

using store::Connection;
using store::Query;

namespace {

std::optional<Error> image_problem(Connection& connection, const std::string& image_id) {
  if (image_id.empty()) return std::nullopt;
  Query query(connection, "SELECT forgotten_at IS NOT NULL FROM images WHERE id = ?", image_id);
  if (!query.step()) return Error{"unknown_image", "there is no such image", {{"image_id", image_id}}};
  if (query.flag(0))
    return Error{"image_forgotten", "the picture was removed for good", {{"image_id", image_id}}};
  return std::nullopt;
}

Error claim_lost(const Job& claimed) {
  return {"claim_lost", "the job is no longer run under this claim", {{"id", claimed.id}}};
}

// The job as it is now, if the claim still holds it.
Result<Job> held(Connection& connection, const Job& claimed) {
  auto job = store::find_job(connection, claimed.id);
  if (!job || job->state != JobState::running || job->claim != claimed.claim) return claim_lost(claimed);
  return std::move(*job);
}

}  // namespace

Result<Submitted> Jobs::submit(const NewJob& wish, const std::optional<IdempotencyKey>& key) {
  IdempotencyKeys keys(database_);
  return database_.write([&](Connection& connection) -> Result<Submitted> {
    if (key) {
      const auto known = keys.find(*key);
      if (!known) return known.error();
      if (*known) return Submitted{store::find_job(connection, **known).value(), true};
    }
    if (const auto problem = image_problem(connection, wish.image_id)) return *problem;
    const std::string id = wish.id.empty() ? new_id(wish.created_at) : wish.id;
    store::insert_job(connection, id, wish);
    if (key) keys.remember(*key, id, wish.created_at);
    return Submitted{store::find_job(connection, id).value(), false};
  });
}

std::optional<Job> Jobs::claim(std::int64_t at) {
  const std::string oldest = "SELECT id FROM jobs WHERE state = 'queued' ORDER BY position LIMIT 1";
  // A look costs nothing; a write waits for the disk.
  if (!database_.read([&](Connection& connection) { return Query(connection, oldest).step(); }))
    return std::nullopt;
  // A claim that a power cut undoes leaves the job in the queue, where it would be put anyway.
  const store::UnsyncedCommits scope;
  return database_.write([&](Connection& connection) -> std::optional<Job> {
    Query query(connection, oldest);
    if (!query.step()) return std::nullopt;
    return store::claim_job(connection, store::find_job(connection, query.text(0)).value(), at);
  });
}

Result<bool> Jobs::progress(const Job& claimed, const std::string& stage, double progress) {
  return database_.write([&](Connection& connection) -> Result<bool> {
    const auto job = held(connection, claimed);
    if (!job) return job.error();
    Query(connection, "UPDATE jobs SET stage = ?, progress = ? WHERE id = ?", stage, progress, claimed.id)
        .run();
    return job->cancel_requested;
  });
}

Result<Job> Jobs::finish(const Job& claimed, const JobResult& result, std::int64_t at) {
  if (result.sessions.empty()) return Error{"no_sessions", "a job is done when it has made a session", {}};
  const auto keep_sessions = [&](Job& job) {
    for (NewSession session : result.sessions) {
      session.job_id = claimed.id;
      const auto appended = sessions_.append(session);
      if (!appended) throw ErrorException(appended.error());
      job.session_ids.push_back(appended->id);
    }
  };
  try {
    return database_.write([&](Connection& connection) -> Result<Job> {
      auto job = held(connection, claimed);
      if (!job) return job.error();
      Interpretations interpretations(database_);
      for (Interpretation reading : result.interpretations) {
        reading.job_id = claimed.id;
        interpretations.add(reading);
      }
      if (!job->cancel_requested) keep_sessions(*job);
      const auto end = job->cancel_requested ? JobState::cancelled : JobState::done;
      return store::end_job(connection, std::move(*job), {end, result.interpreter, {}, at});
    });
  } catch (const ErrorException& failure) {
    return failure.error();
  }
}

Result<Job> Jobs::fail(const Job& claimed, const std::string& interpreter, const std::string& error,
                       std::int64_t at) {
  return database_.write([&](Connection& connection) -> Result<Job> {
    auto job = held(connection, claimed);
    if (!job) return job.error();
    if (job->cancel_requested)
      return store::end_job(connection, std::move(*job), {JobState::cancelled, interpreter, {}, at});
    return store::end_job(connection, std::move(*job), {JobState::failed, interpreter, error, at});
  });
}

Result<void> Jobs::release(const Job& claimed, std::int64_t at) {
  return database_.write([&](Connection& connection) -> Result<void> {
    const auto job = held(connection, claimed);
    if (!job) return job.error();
    if (job->cancel_requested) {
      store::end_job(connection, *job, {JobState::cancelled, {}, {}, at});
      return {};
    }
    store::requeue_job(connection, *job);
    Query(connection, "UPDATE jobs SET attempts = attempts - 1 WHERE id = ?", claimed.id).run();
    return {};
  });
}

Result<Job> Jobs::cancel(const std::string& id, std::int64_t at) {
  return database_.write([&](Connection& connection) -> Result<Job> {
    auto job = store::find_job(connection, id);
    if (!job) return store::unknown_job(id);
    if (job->state == JobState::cancelled) return std::move(*job);
    if (is_final(job->state)) return Error{"job_finished", "the job has finished before", {{"id", id}}};
    if (job->state == JobState::queued)
      return store::end_job(connection, std::move(*job), {JobState::cancelled, {}, {}, at});
    Query(connection, "UPDATE jobs SET cancel_requested = 1 WHERE id = ?", id).run();
    job->cancel_requested = true;
    return std::move(*job);
  });
}

Rescued Jobs::rescue(std::int64_t at, int max_crashes) {
  const std::string crashed =
      R"({"code":"crashed","message":"the program stopped each time it ran this job"})";
  return database_.write([&](Connection& connection) {
    Rescued rescued;
    for (const auto& id : store::jobs_in_state(connection, JobState::running)) {
      Query(connection, "UPDATE jobs SET crashes = crashes + 1 WHERE id = ?", id).run();
      const Job job = store::find_job(connection, id).value();
      if (job.cancel_requested) {
        store::end_job(connection, job, {JobState::cancelled, {}, {}, at});
      } else if (job.crashes > max_crashes) {
        store::end_job(connection, job, {JobState::failed, {}, crashed, at});
        rescued.failed.push_back(id);
      } else {
        store::requeue_job(connection, job);
        rescued.queued.push_back(id);
      }
    }
    return rescued;
  });
}

Result<Job> Jobs::get(const std::string& id) {
  return database_.read([&](Connection& connection) -> Result<Job> {
    auto job = store::find_job(connection, id);
    if (!job) return store::unknown_job(id);
    return std::move(*job);
  });
}

Result<Page<Job>> Jobs::list(std::optional<JobState> state, const PageRequest& request) {
  const auto window = store::page_window(request, 'j', std::numeric_limits<std::int64_t>::max());
  if (!window) return window.error();
  auto rows = database_.read([&](Connection& connection) {
    return store::jobs_before(connection, state, window->after, window->limit + 1);
  });
  auto cut =
      store::cut_page(std::move(rows), window->limit, 'j', [](const auto& row) { return row.position; });
  Page<Job> page{{}, std::move(cut.next_cursor)};
  for (auto& row : cut.items) page.items.push_back(std::move(row.job));
  return page;
}

std::int64_t Jobs::count(JobState state) {
  return database_.read([&](Connection& connection) {
    Query query(connection, "SELECT count(*) FROM jobs WHERE state = ?", to_string(state));
    query.step();
    return query.integer(0);
  });
}

}  // namespace doodled
