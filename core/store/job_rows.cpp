#include "core/store/job_rows.hpp"

#include <stdexcept>

namespace doodled::store {
namespace {

const std::string job_columns =
    "SELECT id, state, stage, progress, mode, image_id, prompt, interpreters, options, play, interpreter, "
    "attempts,"
    " crashes, cancel_requested, error, created_at, started_at, finished_at, claim, position, candidates, "
    "fresh FROM jobs ";

std::vector<std::string> ids(Connection& connection, const std::string& sql, const std::string& value) {
  std::vector<std::string> all;
  Query query(connection, sql, value);
  while (query.step()) all.push_back(query.text(0));
  return all;
}

JobRow job_row_from(Connection& connection, Query& row) {
  Job job;
  job.id = row.text(0);
  job.state = job_state_from(row.text(1)).value();
  job.stage = row.text(2);
  job.progress = row.real(3);
  job.mode = row.text(4);
  job.image_id = row.text(5);
  job.prompt = row.text(6);
  job.interpreters = row.text(7);
  job.options = row.text(8);
  job.play = row.text(9);
  job.interpreter = row.text(10);
  job.attempts = row.small(11);
  job.crashes = row.small(12);
  job.cancel_requested = row.flag(13);
  job.error = row.text(14);
  job.created_at = row.integer(15);
  job.started_at = row.maybe_integer(16);
  job.finished_at = row.maybe_integer(17);
  job.claim = row.integer(18);
  job.candidates = row.text(20);
  job.fresh = row.flag(21);
  job.session_ids = ids(connection, "SELECT id FROM sessions WHERE job_id = ? ORDER BY position", job.id);
  job.play_ids = ids(connection, "SELECT id FROM plays WHERE job_id = ? ORDER BY position", job.id);
  return {std::move(job), row.integer(19)};
}

void check_move(JobState from, JobState to) {
  if (!may_become(from, to))
    throw std::logic_error("a job cannot go from " + std::string(to_string(from)) + " to " +
                           std::string(to_string(to)));
}

}  // namespace

Error unknown_job(const std::string& id) { return {"unknown_job", "there is no such job", {{"job_id", id}}}; }

void insert_job(Connection& connection, const std::string& id, const NewJob& wish) {
  Query(connection,
        "INSERT INTO jobs (id, state, mode, image_id, prompt, interpreters, options, play, candidates, fresh,"
        " created_at) VALUES (?, 'queued', ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        id, wish.mode, NullIfEmpty{wish.image_id}, wish.prompt, wish.interpreters, wish.options, wish.play,
        wish.candidates, wish.fresh, wish.created_at)
      .run();
}

std::optional<Job> find_job(Connection& connection, const std::string& id) {
  Query query(connection, job_columns + "WHERE id = ?", id);
  if (!query.step()) return std::nullopt;
  return job_row_from(connection, query).job;
}

std::vector<JobRow> jobs_before(Connection& connection, std::optional<JobState> state, std::int64_t position,
                                int limit) {
  const std::string order = " ORDER BY position DESC LIMIT ?";
  Query query(connection,
              job_columns + (state ? "WHERE position < ? AND state = ?" : "WHERE position < ?") + order,
              position);
  if (state) query.bind(to_string(*state));
  query.bind(limit);
  std::vector<JobRow> rows;
  while (query.step()) rows.push_back(job_row_from(connection, query));
  return rows;
}

std::vector<std::string> jobs_in_state(Connection& connection, JobState state) {
  return ids(connection, "SELECT id FROM jobs WHERE state = ? ORDER BY position",
             std::string(to_string(state)));
}

Job claim_job(Connection& connection, Job job, std::int64_t at) {
  check_move(job.state, JobState::running);
  job.state = JobState::running;
  ++job.attempts;
  ++job.claim;
  if (!job.started_at) job.started_at = at;
  job.stage.clear();
  job.progress = 0;
  Query(connection,
        "UPDATE jobs SET state = 'running', attempts = ?, claim = ?, started_at = ?, stage = '', progress = 0"
        " WHERE id = ?",
        job.attempts, job.claim, *job.started_at, job.id)
      .run();
  return job;
}

Job end_job(Connection& connection, Job job, const JobEnd& end) {
  check_move(job.state, end.state);
  job.state = end.state;
  job.interpreter = end.interpreter;
  job.error = end.error;
  job.finished_at = end.at;
  if (end.state == JobState::done) job.progress = 1;
  Query(connection,
        "UPDATE jobs SET state = ?, interpreter = ?, error = ?, finished_at = ?, progress = ? WHERE id = ?",
        to_string(end.state), end.interpreter, end.error, end.at, job.progress, job.id)
      .run();
  return job;
}

void requeue_job(Connection& connection, const Job& job) {
  check_move(job.state, JobState::queued);
  Query(connection, "UPDATE jobs SET state = 'queued', stage = '', progress = 0 WHERE id = ?", job.id).run();
}

}  // namespace doodled::store
