#include "core/jobs/workers.hpp"

#include <nlohmann/json.hpp>

#include "core/base/error_json.hpp"
#include "core/base/log.hpp"

namespace doodled {

Workers::Workers(Store& store, Pipeline& pipeline, const Clock& clock, int threads, WorkersHooks hooks)
    : store_(store), pipeline_(pipeline), clock_(clock), hooks_(std::move(hooks)) {
  const auto rescued = store_.jobs.rescue(clock_.wall_ms());
  if (!rescued.queued.empty() || !rescued.failed.empty())
    log::info("jobs", "rescued what a crash left behind",
              {{"queued", std::to_string(rescued.queued.size())},
               {"failed", std::to_string(rescued.failed.size())}});
  for (int i = 0; i < threads; ++i) threads_.emplace_back([this](std::stop_token stop) { work(stop); });
}

Workers::~Workers() {
  for (auto& thread : threads_) thread.request_stop();
  std::unique_lock lock(mutex_);
  for (auto& [id, cancel] : running_) cancel.request_stop();
  lock.unlock();
  threads_.clear();
}

Result<Submitted> Workers::submit(const NewJob& job, const std::optional<IdempotencyKey>& key) {
  if (auto checked = pipeline_.check(job); !checked) return checked.error();
  auto submitted = store_.jobs.submit(job, key);
  if (!submitted || submitted->repeated) return submitted;
  hooks_.changed(submitted->job);
  {
    std::lock_guard lock(mutex_);
    work_waits_ = true;
  }
  wake_.notify_one();
  return submitted;
}

Result<Job> Workers::cancel(const std::string& id) {
  auto job = store_.jobs.cancel(id, clock_.wall_ms());
  if (!job) return job;
  hooks_.changed(*job);
  std::lock_guard lock(mutex_);
  if (const auto running = running_.find(id); running != running_.end()) running->second.request_stop();
  return job;
}

void Workers::work(std::stop_token stop) {
  std::vector<Job> interrupted;
  while (!stop.stop_requested()) {
    if (work_once(stop, interrupted)) continue;
    // A job may have been put back or a disk freed without a word, so the queue is looked at now and then.
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, stop, std::chrono::seconds(5), [this] { return work_waits_; });
    work_waits_ = false;
  }
}

// True when there was a job. A job that a full disk interrupts is put back as soon as the store can be
// written again.
bool Workers::work_once(std::stop_token stop, std::vector<Job>& interrupted) {
  std::optional<Job> job;
  try {
    for (; !interrupted.empty(); interrupted.pop_back())
      store_.jobs.release(interrupted.back(), clock_.wall_ms());
    job = store_.jobs.claim(clock_.wall_ms());
    if (job) run(*job, stop);
    return job.has_value();
  } catch (const std::exception& failure) {
    log::error("jobs", "the store can't be written now", {{"reason", failure.what()}});
  }
  if (job) interrupted.push_back(*job);
  return false;
}

void Workers::run(const Job& claimed, std::stop_token stop) {
  std::stop_source cancel;
  {
    std::lock_guard lock(mutex_);
    running_[claimed.id] = cancel;
    if (stop.stop_requested()) cancel.request_stop();
  }
  hooks_.changed(claimed);
  const auto finished = settle(claimed, cancel.get_token());
  {
    std::lock_guard lock(mutex_);
    running_.erase(claimed.id);
  }
  if (finished)
    hooks_.changed(*finished);
  else
    log::warning("jobs", finished.error().message, {{"job", claimed.id}});
}

// What the store can't do now is tried again later; any other exception is the job's own and would come
// again.
Result<Job> Workers::settle(const Job& claimed, std::stop_token cancel) {
  Job shown = claimed;
  const auto progress = [&](std::string_view stage, double part) {
    shown.stage = stage;
    shown.progress = part;
    hooks_.changed(shown);
  };
  try {
    return pipeline_.run(claimed, progress, cancel);
  } catch (const StoreUnavailable&) {
    throw;
  } catch (const std::exception& failure) {
    log::error("jobs", "the job failed in a way it should not",
               {{"job", claimed.id}, {"reason", failure.what()}});
    return store_.jobs.fail(claimed, {}, to_text(to_json(Error{"internal_error", failure.what()})),
                            clock_.wall_ms());
  }
}

}  // namespace doodled
