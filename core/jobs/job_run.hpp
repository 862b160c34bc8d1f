// One claimed job on its way: interpreters are asked, answers kept, the job ended. Over interfaces and the
// store only. Between two steps it is an object that waits, not a thread.
#pragma once
#include <memory>
#include <mutex>
#include <optional>

#include "core/jobs/candidate_plan.hpp"
#include "core/jobs/pipeline.hpp"

namespace doodled {

struct JobRunHooks {
  // Has a thread that may block do the step, soon. Called from any thread, as `progress`; must not block.
  std::function<void(std::function<void()> step)> later;
  // stage and progress of the job so far.
  Progress progress;
  // Exactly once and last, on a thread of `later`: the job as it is now, done, failed, cancelled or queued
  // again; an Error when it is no longer this claim's; nothing when the store can't be written now.
  std::function<void(std::optional<Result<Job>>)> ended;
};

class JobRun : public std::enable_shared_from_this<JobRun> {
 public:
  JobRun(const Pipeline& pipeline, Job claimed, JobRunHooks hooks);

  // For each session wanted, asks the interpreters of its chain in turn until one gives a session that is
  // accepted. Every answer is stored, also a useless one. The job is done when there is at least one session.
  void start();
  // Thread-safe: every ask is stopped, and the job cancelled or put back into the queue.
  void stop() { stop_.request_stop(); }
  const Job& job() const { return job_; }

 private:
  struct Candidate {
    CandidatePlan plan;
    std::size_t next = 0;  // in the chain
    double progress = 0;
    // How it ended.
    std::string interpreter;
    Interpretation record;
    bool stored = false;
    std::shared_ptr<void> until_stored;
    std::optional<Result<Accepted>> outcome;
  };

  // Does the step on a thread that may block, unless the job is over by then.
  void later(std::function<void()> step);
  bool is_over() const;
  void guarded(const std::function<void()>& step);
  void over(std::optional<Result<Job>> job);

  void ask(std::size_t index);
  void answered(std::size_t index, Nanoseconds begun, Interpretation record, Interpreted answer);
  void settle(std::size_t index, Result<Accepted> outcome);
  void tell(std::size_t index, std::string_view stage, double progress);
  InterpretRequest request_of(const Candidate& candidate) const;
  Interpretation begun_record(const Interpreter& interpreter) const;
  void trace_ask(std::size_t index, Nanoseconds begun, const Interpretation& record, Interpreted& answer);
  void trace_part(Span part);
  void tell_trace(const std::optional<Result<Job>>& job);

  Result<Job> end();
  Result<Job> finish();
  Result<Job> put_back();
  Error why_none() const;

  const Pipeline& pipeline_;
  const Job job_;
  const JobRunHooks hooks_;
  const Nanoseconds begun_;
  std::stop_source stop_;
  // A candidate is used by one step at a time; the mutex guards what they share.
  mutable std::mutex mutex_;
  bool over_ = false;
  std::vector<Candidate> candidates_;
  std::size_t open_;
  std::vector<Span> trace_;
};

}  // namespace doodled
