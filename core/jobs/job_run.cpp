#include "core/jobs/job_run.hpp"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "core/base/error_json.hpp"
#include "core/base/log.hpp"
#include "core/jobs/stored_session.hpp"

namespace doodled {
namespace {

// Whose step this thread does.
thread_local const JobRun* in_step = nullptr;

std::string as_json(const Error& error) { return to_text(to_json(error)); }

NewSession new_session(const Job& job, const Interpretation& interpretation, const Accepted& accepted,
                       std::int64_t at) {
  NewSession session = stored_session(accepted, at);
  session.image_id = job.image_id;
  session.interpretation_id = interpretation.id;
  session.interpreter = interpretation.interpreter;
  session.search_text = job.prompt;
  return session;
}

void take_reply(Interpretation& record, RawReply& reply) {
  record.request = reply.request.empty() ? "{}" : std::move(reply.request);
  record.answer = std::move(reply.answer);
  record.model = std::move(reply.model);
  record.prompt_version = std::move(reply.prompt_version);
  record.usage = std::move(reply.usage);
  record.cache_key = std::move(reply.cache_key);
  record.input_tokens = reply.input_tokens;
  record.output_tokens = reply.output_tokens;
  record.cost = reply.cost;
}

// The reader's and the interpreters' own warnings know of no job.
void tell_useless(const Interpretation& record, const Error& error) {
  if (error.code == "cancelled") return;
  log::warning("jobs", "nothing useful came: " + error.message,
               {{"job", record.job_id}, {"interpreter", record.interpreter}, {"code", error.code}});
}

}  // namespace

JobRun::JobRun(const Pipeline& pipeline, Job claimed, JobRunHooks hooks)
    : pipeline_(pipeline), job_(std::move(claimed)), hooks_(std::move(hooks)), begun_(pipeline.clock.now()) {
  for (auto& plan : candidate_plans(job_.interpreters, job_.candidates, job_.options)) {
    candidates_.emplace_back();
    candidates_.back().plan = std::move(plan);
  }
  open_ = candidates_.size();
}

// Under the mutex, so that nothing is asked of the hooks once the job is over.
void JobRun::later(std::function<void()> step) {
  std::lock_guard lock(mutex_);
  if (over_) return;
  hooks_.later([self = shared_from_this(), step = std::move(step)] { self->guarded(step); });
}

// What the store can't do now is tried again later; any other exception is the job's own and would come
// again.
void JobRun::guarded(const std::function<void()>& step) {
  if (is_over()) return;
  const auto outer = std::exchange(in_step, this);
  try {
    try {
      step();
    } catch (const StoreUnavailable&) {
      throw;
    } catch (const std::exception& failure) {
      log::error("jobs", "the job failed in a way it should not",
                 {{"job", job_.id}, {"reason", failure.what()}});
      over(pipeline_.store.jobs.fail(job_, {}, as_json(Error{"internal_error", failure.what()}),
                                     pipeline_.clock.wall_ms()));
    }
  } catch (const std::exception& failure) {
    log::error("jobs", "the store can't be written now", {{"job", job_.id}, {"reason", failure.what()}});
    over(std::nullopt);
  }
  in_step = outer;
}

bool JobRun::is_over() const {
  std::lock_guard lock(mutex_);
  return over_;
}

void JobRun::over(std::optional<Result<Job>> job) {
  {
    std::lock_guard lock(mutex_);
    if (std::exchange(over_, true)) return;
  }
  stop_.request_stop();
  tell_trace(job);
  hooks_.ended(std::move(job));
}

void JobRun::start() {
  for (std::size_t i = 0; i < candidates_.size(); ++i) later([this, i] { ask(i); });
}

InterpretRequest JobRun::request_of(const Candidate& candidate) const {
  InterpretRequest request{job_.mode, candidate.plan.options, job_.prompt, job_.image_id, {}};
  request.fresh = job_.fresh;
  request.rules = pipeline_.rules;
  if (job_.image_id.empty()) return request;
  Images& images = pipeline_.store.images;
  request.image = [&images, id = job_.image_id] { return images.bytes(id); };
  request.image_stays = images.get(job_.image_id).value().stays;
  return request;
}

Interpretation JobRun::begun_record(const Interpreter& interpreter) const {
  Interpretation record;
  record.created_at = pipeline_.clock.wall_ms();
  record.id = new_id(record.created_at);
  record.job_id = job_.id;
  record.interpreter = interpreter.id();
  record.kind = interpreter.kind();
  record.request = "{}";
  return record;
}

void JobRun::ask(std::size_t index) {
  auto& candidate = candidates_[index];
  candidate.interpreter = candidate.plan.chain[candidate.next];
  if (stop_.stop_requested()) return settle(index, Error{"cancelled", "the job was stopped"});
  const auto interpreter = pipeline_.interpreters.find(candidate.interpreter);
  if (!interpreter) {
    const Error gone{"unknown_interpreter",
                     "there is no interpreter \"" + candidate.interpreter + "\" any more"};
    return settle(index, gone);
  }
  const auto begun = pipeline_.clock.now();
  auto record = begun_record(*interpreter);
  const auto self = shared_from_this();
  Asking asking{[self, index](std::string_view stage, double part) { self->tell(index, stage, part); },
                stop_.get_token(), [self](std::function<void()> step) { self->later(std::move(step)); }};
  interpreter->ask(
      request_of(candidate), std::move(asking),
      [self, index, interpreter, begun, record](Interpreted answer) {
        auto kept = record;
        kept.duration_ms =
            std::chrono::duration_cast<std::chrono::milliseconds>(self->pipeline_.clock.now() - begun)
                .count();
        if (in_step == self.get() && !self->is_over())
          return self->answered(index, begun, std::move(kept), std::move(answer));
        self->later([self, index, begun, kept = std::move(kept), answer = std::move(answer)]() mutable {
          self->answered(index, begun, std::move(kept), std::move(answer));
        });
      });
}

// A useless answer is stored before the next one is asked; a useful one goes with the job's end, unless
// others are waited for.
void JobRun::answered(std::size_t index, Nanoseconds begun, Interpretation record, Interpreted answer) {
  auto& candidate = candidates_[index];
  take_reply(record, answer.reply);
  trace_ask(index, begun, record, answer);
  if (!answer.accepted) {
    record.error = as_json(answer.accepted.error());
    tell_useless(record, answer.accepted.error());
  }
  const bool last_to_end = [&] {
    std::lock_guard lock(mutex_);
    return open_ == 1;
  }();
  candidate.stored = !answer.accepted || !last_to_end;
  const bool broken_off =
      !answer.accepted && answer.accepted.error().code == "cancelled" && record.answer.empty();
  if (candidate.stored && !broken_off) pipeline_.store.interpretations.add(record);
  candidate.record = std::move(record);
  candidate.until_stored = std::move(answer.until_stored);
  settle(index, std::move(answer.accepted));
}

// On to the next of the chain, or the end of this candidate; with the last one that of the job.
void JobRun::settle(std::size_t index, Result<Accepted> outcome) {
  auto& candidate = candidates_[index];
  const bool chain_goes_on = candidate.next + 1 < candidate.plan.chain.size();
  if (!outcome && chain_goes_on && !stop_.stop_requested()) {
    ++candidate.next;
    return later([self = shared_from_this(), index] { self->ask(index); });
  }
  bool all_ended = false;
  {
    std::lock_guard lock(mutex_);
    candidate.outcome.emplace(std::move(outcome));
    all_ended = --open_ == 0;
  }
  if (all_ended) over(end());
}

void JobRun::tell(std::size_t index, std::string_view stage, double progress) {
  std::lock_guard lock(mutex_);
  candidates_[index].progress = progress;
  double sum = 0;
  for (const auto& candidate : candidates_) sum += candidate.outcome ? 1 : candidate.progress;
  if (!over_) hooks_.progress(stage, sum / static_cast<double>(candidates_.size()));
}

Result<Job> JobRun::end() {
  const auto useful = [](const Candidate& one) { return one.outcome->has_value(); };
  if (stop_.stop_requested() && !std::ranges::all_of(candidates_, useful)) return put_back();
  if (std::ranges::any_of(candidates_, useful)) return finish();
  return pipeline_.store.jobs.fail(job_, candidates_.back().interpreter, as_json(why_none()),
                                   pipeline_.clock.wall_ms());
}

Result<Job> JobRun::finish() {
  const auto now = pipeline_.clock.wall_ms();
  JobResult result;
  for (const auto& candidate : candidates_) {
    if (!*candidate.outcome) continue;
    if (result.interpreter.empty()) result.interpreter = candidate.interpreter;
    if (!candidate.stored) result.interpretations.push_back(candidate.record);
    result.sessions.push_back(new_session(job_, candidate.record, **candidate.outcome, now));
  }
  const auto begun = pipeline_.clock.now();
  auto job = pipeline_.store.jobs.finish(job_, result, now);
  trace_part({"commit session", begun, pipeline_.clock.now(),
              to_text(Json{{"session_ids", job ? job->session_ids : std::vector<std::string>()}})});
  return job;
}

// Stopped on the way: by somebody who cancelled the job, or because the process ends and the job shall go on
// later; what was answered by then is stored and need not be asked again.
Result<Job> JobRun::put_back() {
  auto& jobs = pipeline_.store.jobs;
  const auto now = jobs.get(job_.id);
  if (now && now->cancel_requested)
    return jobs.fail(job_, candidates_.back().interpreter,
                     as_json(Error{"cancelled", "the job was cancelled"}), pipeline_.clock.wall_ms());
  if (const auto released = jobs.release(job_, pipeline_.clock.wall_ms()); !released) return released.error();
  return jobs.get(job_.id);
}

Error JobRun::why_none() const {
  if (candidates_.size() == 1) return candidates_.front().outcome->error();
  Error error{"no_candidate",
              "none of the " + std::to_string(candidates_.size()) + " candidates became a session"};
  for (std::size_t i = 0; i < candidates_.size(); ++i) {
    const auto& reason = candidates_[i].outcome->error();
    error.problems.push_back({"/candidates/" + std::to_string(i),
                              candidates_[i].interpreter + ": " + reason.message + " (" + reason.code + ")"});
  }
  return error;
}

}  // namespace doodled
