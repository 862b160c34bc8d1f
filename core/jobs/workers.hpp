// Threads that take jobs from the queue, one at a time each, until they are stopped.
#pragma once
#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "core/events/bus.hpp"
#include "core/jobs/pipeline.hpp"

namespace doodled {

struct WorkersHooks {
  // After each change of a job, on the thread that made it: for the bus and for what follows a finished job.
  std::function<void(const Job&)> changed;
};

class Workers {
 public:
  // Begins with the rescue of what a crash left running. `pipeline` and `store` outlive the workers.
  Workers(Store& store, Pipeline& pipeline, const Clock& clock, int threads, WorkersHooks hooks);
  // Running jobs go back into the queue and are not counted as attempts.
  ~Workers();

  // Errors: those of Pipeline::check and Jobs::submit. Thread-safe, as all that follows.
  Result<Submitted> submit(const NewJob& job, const std::optional<IdempotencyKey>& key);
  // Errors: unknown_job, job_finished.
  Result<Job> cancel(const std::string& id);

 private:
  void work(std::stop_token stop);
  bool work_once(std::stop_token stop, std::vector<Job>& interrupted);
  void run(const Job& claimed, std::stop_token stop);
  Result<Job> settle(const Job& claimed, std::stop_token cancel);

  Store& store_;
  Pipeline& pipeline_;
  const Clock& clock_;
  WorkersHooks hooks_;
  std::mutex mutex_;
  std::condition_variable_any wake_;
  bool work_waits_ = true;
  std::map<std::string, std::stop_source> running_;
  std::vector<std::jthread> threads_;
};

}  // namespace doodled
