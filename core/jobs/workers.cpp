#include "core/jobs/workers.hpp"

#include "core/base/log.hpp"

namespace doodled {
namespace {

// Looks for another step itself once this one is done.
thread_local const Workers* worker_of = nullptr;
// A disk is freed without a word, so a store that refuses is tried again; all else wakes the workers.
constexpr std::chrono::milliseconds look_while_refused{500};

}  // namespace

Workers::Workers(Pipeline& pipeline, WorkersLimits limits, WorkersHooks hooks)
    : pipeline_(pipeline), limits_(limits), hooks_(std::move(hooks)) {
  const auto rescued = pipeline_.store.jobs.rescue(pipeline_.clock.wall_ms());
  if (!rescued.queued.empty() || !rescued.failed.empty())
    log::info("jobs", "rescued what a crash left behind",
              {{"queued", std::to_string(rescued.queued.size())},
               {"failed", std::to_string(rescued.failed.size())}});
  for (int i = 0; i < limits_.threads; ++i) threads_.emplace_back([this] { work(); });
}

Workers::~Workers() {
  std::vector<std::shared_ptr<JobRun>> runs;
  {
    std::lock_guard lock(mutex_);
    stopping_ = true;
    for (auto& [id, open] : open_) runs.push_back(open.run);
  }
  for (auto& run : runs) run->stop();
  wake_.notify_all();
  threads_.clear();
}

// Where a thread is free the job is claimed in the commit that takes it, so that it waits for the disk once.
// The one that is claimed may be another, which was before it.
Result<Submitted> Workers::submit(const NewJob& job, const std::optional<IdempotencyKey>& key,
                                  const std::function<void()>& before) {
  if (auto checked = pipeline_.check(job); !checked) return checked.error();
  const bool claims = [&] {
    std::lock_guard lock(mutex_);
    return may_claim_locked() && steps_.empty() && open_.size() < static_cast<std::size_t>(limits_.threads);
  }();
  auto& jobs = pipeline_.store.jobs;
  Result<Submitted> submitted = Error{};
  std::optional<Job> claimed;
  pipeline_.store.database.transaction([&] {
    if (before) before();
    submitted = jobs.submit(job, key);
    if (claims && submitted && !submitted->repeated) claimed = jobs.claim(pipeline_.clock.wall_ms());
  });
  if (!submitted || submitted->repeated) return submitted;
  hooks_.changed(submitted->job);
  if (claimed) begin(*claimed);
  if (claimed && claimed->id == submitted->job.id) return submitted;
  look_again();
  return submitted;
}

Result<Job> Workers::cancel(const std::string& id) {
  auto job = pipeline_.store.jobs.cancel(id, pipeline_.clock.wall_ms());
  if (!job) return job;
  hooks_.changed(*job);
  std::shared_ptr<JobRun> run;
  {
    std::lock_guard lock(mutex_);
    if (const auto open = open_.find(id); open != open_.end()) run = open->second.run;
  }
  if (run) run->stop();
  return job;
}

Job Workers::live(Job job) const {
  std::lock_guard lock(mutex_);
  const auto open = open_.find(job.id);
  if (job.state != JobState::running || open == open_.end()) return job;
  job.stage = open->second.stage;
  job.progress = open->second.progress;
  return job;
}

// Steps of jobs under way come before new jobs. Returns when the workers stop and no job is open.
void Workers::work() {
  worker_of = this;
  for (;;) {
    if (const auto step = next_step()) {
      step();
      continue;
    }
    if (claim_one()) continue;
    const auto roused = [this] {
      return !steps_.empty() || (stopping_ && open_.empty()) || (work_waits_ && may_claim_locked());
    };
    std::unique_lock lock(mutex_);
    if (store_refuses_ || !interrupted_.empty())
      wake_.wait_for(lock, look_while_refused, roused);
    else
      wake_.wait(lock, roused);
    if (stopping_ && open_.empty() && steps_.empty()) return;
  }
}

std::function<void()> Workers::next_step() {
  std::lock_guard lock(mutex_);
  if (steps_.empty()) return {};
  auto step = std::move(steps_.front());
  steps_.pop_front();
  return step;
}

// True when there was a job. A job that a full disk interrupts is put back as soon as the store can be
// written again.
bool Workers::claim_one() {
  {
    std::lock_guard lock(mutex_);
    const bool may_be_one = work_waits_ || store_refuses_ || !interrupted_.empty();
    if (!may_be_one || !may_claim_locked()) return false;
    work_waits_ = false;
  }
  try {
    release_interrupted();
    const auto job = pipeline_.store.jobs.claim(pipeline_.clock.wall_ms());
    store_refused(false, {});
    if (!job) return false;
    look_again();  // another thread may take what is behind it
    begin(*job);
    return true;
  } catch (const std::exception& failure) {
    store_refused(true, failure.what());
    return false;
  }
}

void Workers::look_again() {
  {
    std::lock_guard lock(mutex_);
    work_waits_ = true;
  }
  wake_.notify_one();
}

// Told once, however often it is tried.
void Workers::store_refused(bool refused, const std::string& reason) {
  {
    std::lock_guard lock(mutex_);
    if (store_refuses_ == refused) return;
    store_refuses_ = refused;
  }
  if (refused)
    log::error("jobs", "the store can't be written now", {{"reason", reason}});
  else
    log::info("jobs", "the store takes what is asked again");
}

void Workers::release_interrupted() {
  for (;;) {
    std::optional<Job> job;
    {
      std::lock_guard lock(mutex_);
      if (interrupted_.empty()) return;
      job = std::move(interrupted_.back());
      interrupted_.pop_back();
    }
    try {
      pipeline_.store.jobs.release(*job, pipeline_.clock.wall_ms());
    } catch (...) {
      std::lock_guard lock(mutex_);
      interrupted_.push_back(std::move(*job));
      throw;
    }
  }
}

void Workers::begin(const Job& claimed) {
  JobRunHooks hooks;
  hooks.later = [this](std::function<void()> step) { later(std::move(step)); };
  hooks.progress = [this, claimed](std::string_view stage, double part) { progressed(claimed, stage, part); };
  hooks.ended = [this, claimed](const std::optional<Result<Job>>& job) { ended(claimed, job); };
  const auto run = std::make_shared<JobRun>(pipeline_, claimed, std::move(hooks));
  bool stopping = false;
  {
    std::lock_guard lock(mutex_);
    open_[claimed.id] = {run, {}, 0};
    stopping = stopping_;
  }
  if (stopping) run->stop();
  run->start();
}

// The one step that follows a worker's own needs nobody to be woken.
void Workers::later(std::function<void()> step) {
  bool alone = false;
  {
    std::lock_guard lock(mutex_);
    alone = steps_.empty();
    steps_.push_back(std::move(step));
  }
  if (!alone || worker_of != this) wake_.notify_one();
}

void Workers::progressed(const Job& claimed, std::string_view stage, double progress) {
  Job shown = claimed;
  shown.stage = stage;
  shown.progress = progress;
  {
    std::lock_guard lock(mutex_);
    const auto open = open_.find(claimed.id);
    if (open == open_.end()) return;
    open->second.stage = stage;
    open->second.progress = progress;
  }
  hooks_.changed(shown);
}

// Its place is for one other job, which a worker's own thread looks for without being woken.
void Workers::ended(const Job& claimed, const std::optional<Result<Job>>& job) {
  bool stopping = false;
  {
    std::lock_guard lock(mutex_);
    open_.erase(claimed.id);
    if (!job) interrupted_.push_back(claimed);
    if (!job || !*job || !is_final((*job)->state)) work_waits_ = true;
    stopping = stopping_;
  }
  if (job && *job)
    hooks_.changed(**job);
  else if (job)
    log::warning("jobs", job->error().message, {{"job", claimed.id}});
  if (stopping)
    wake_.notify_all();
  else if (worker_of != this)
    wake_.notify_one();
}

}  // namespace doodled
