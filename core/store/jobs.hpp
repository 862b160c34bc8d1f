// The job queue. What submit has returned is never lost and is finished once: the sessions of a job are
// committed in the same transaction as its end, and only by the claim that still holds it.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/store/database.hpp"
#include "core/store/idempotency.hpp"
#include "core/store/interpretations.hpp"
#include "core/store/job_state.hpp"
#include "core/store/page.hpp"
#include "core/store/sessions.hpp"

namespace doodled {

struct NewJob {
  std::string id;  // empty: the store makes one
  std::int64_t created_at = 0;
  std::string mode;
  std::string image_id;  // empty: none
  std::string prompt;
  std::string interpreters;    // JSON array of ids, tried in turn
  std::string options = "{}";  // JSON
  std::string play;            // JSON: where to play when done; empty: nowhere
  std::string candidates =
      {};              // JSON array of arrays of ids: a chain for each session wanted; empty: the one
  bool fresh = false;  // stored answers will not do
};

struct Job {
  std::string id;
  JobState state = JobState::queued;
  std::string stage;    // what is being done, in one word
  double progress = 0;  // 0..1
  std::string mode, image_id, prompt, interpreters, options, play, candidates;
  bool fresh = false;
  std::string interpreter;  // which one answered; empty before
  int attempts = 0;         // claims
  int crashes = 0;          // times the process died with it
  bool cancel_requested = false;
  std::string error;  // JSON, set when failed
  std::vector<std::string> session_ids, play_ids;
  std::int64_t created_at = 0;
  std::optional<std::int64_t> started_at, finished_at;
  std::int64_t claim = 0;  // which claim holds it
};

struct Submitted {
  Job job;
  bool repeated = false;  // the key was known: this is the first request's job
};

struct JobResult {
  std::string interpreter;
  std::vector<Interpretation> interpretations;  // those not added before; job_id is filled in
  std::vector<NewSession> sessions;             // at least one; job_id is filled in
};

struct Rescued {
  std::vector<std::string> queued, failed;
};

class Jobs {
 public:
  Jobs(Database& database, Sessions& sessions) : database_(database), sessions_(sessions) {}

  // Errors: unknown_image, image_forgotten, idempotency_key_reused.
  Result<Submitted> submit(const NewJob& job, const std::optional<IdempotencyKey>& key = std::nullopt);
  // The oldest queued job, now running; nothing when the queue is empty.
  std::optional<Job> claim(std::int64_t at);

  // The following take the job as claim gave it. Error: claim_lost, when it is no longer running under that
  // claim. progress answers whether a cancel was asked for meanwhile.
  Result<bool> progress(const Job& claimed, const std::string& stage, double progress);
  // Done, with its sessions; or, when a cancel was asked for, cancelled, with the interpretations only.
  // Errors of Sessions::append too (the job then still runs).
  Result<Job> finish(const Job& claimed, const JobResult& result, std::int64_t at);
  // `error` is JSON. Failed; or cancelled, when that was asked for.
  Result<Job> fail(const Job& claimed, const std::string& interpreter, const std::string& error,
                   std::int64_t at);
  // Back into the queue, at its old place: the process stops. Not counted as an attempt. Cancelled, when that
  // was asked for.
  Result<void> release(const Job& claimed, std::int64_t at);

  // A queued job is cancelled at once; a running one when its worker next asks. Cancelling what is cancelled
  // changes nothing. Errors: unknown_job, job_finished (done or failed).
  Result<Job> cancel(const std::string& id, std::int64_t at);
  // Call once at start, before any claim: what was running goes back into the queue, except that a job which
  // died with the process more than `max_crashes` times fails with code "crashed", and one whose cancel was
  // asked for is cancelled.
  Rescued rescue(std::int64_t at, int max_crashes = 5);

  // Error: unknown_job.
  Result<Job> get(const std::string& id);
  // Newest first. Errors: bad_limit, bad_cursor.
  Result<Page<Job>> list(std::optional<JobState> state, const PageRequest& request);
  std::int64_t count(JobState state);

 private:
  Database& database_;
  Sessions& sessions_;
};

}  // namespace doodled
