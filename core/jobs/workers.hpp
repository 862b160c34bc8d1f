// Takes jobs from the queue and has their steps done by a few threads. A job that waits for an interpreter
// elsewhere holds no thread.
#pragma once
#include <condition_variable>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "core/events/bus.hpp"
#include "core/jobs/job_run.hpp"

namespace doodled {

struct WorkersHooks {
  // After each change of a job, on the thread that made it: for the bus and for what follows a finished job.
  std::function<void(const Job&)> changed;
};

struct WorkersLimits {
  int threads = 2;
  std::size_t open_jobs = 1024;  // claimed and not yet ended
};

class Workers {
 public:
  // Begins with the rescue of what a crash left running. `pipeline` outlives the workers.
  Workers(Pipeline& pipeline, WorkersLimits limits, WorkersHooks hooks);
  // Running jobs go back into the queue and are not counted as attempts. Interpreters must still answer.
  ~Workers();

  // `before`, where given, writes what the job needs, in the commit that takes it; where that is refused
  // nothing may have been written. Errors: those of Pipeline::check and Jobs::submit. Thread-safe, as all
  // that follows.
  Result<Submitted> submit(const NewJob& job, const std::optional<IdempotencyKey>& key,
                           const std::function<void()>& before = {});
  // Errors: unknown_job, job_finished.
  Result<Job> cancel(const std::string& id);
  // A stored job with the stage and progress of the moment.
  Job live(Job job) const;

 private:
  struct Open {
    std::shared_ptr<JobRun> run;
    std::string stage;
    double progress = 0;
  };

  void work();
  std::function<void()> next_step();
  bool claim_one();
  void look_again();
  void release_interrupted();
  void store_refused(bool refused, const std::string& reason);
  void begin(const Job& claimed);
  void later(std::function<void()> step);
  void progressed(const Job& claimed, std::string_view stage, double progress);
  void ended(const Job& claimed, const std::optional<Result<Job>>& job);
  bool may_claim_locked() const { return !stopping_ && open_.size() < limits_.open_jobs; }

  Pipeline& pipeline_;
  const WorkersLimits limits_;
  const WorkersHooks hooks_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  bool work_waits_ = true;  // there may be a job in the queue
  bool stopping_ = false, store_refuses_ = false;
  std::deque<std::function<void()>> steps_;
  std::map<std::string, Open, std::less<>> open_;
  std::vector<Job> interrupted_;  // by a store that could not be written
  std::vector<std::jthread> threads_;
};

}  // namespace doodled
