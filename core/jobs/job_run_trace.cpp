// What is kept of where a run's time went.
#include <nlohmann/json.hpp>

#include "core/jobs/job_run.hpp"

namespace doodled {

void JobRun::trace_ask(std::size_t index, Nanoseconds begun, const Interpretation& record,
                       Interpreted& answer) {
  if (pipeline_.traces == nullptr) return;
  const Json facts{{"candidate", index},
                   {"interpreter", record.interpreter},
                   {"interpretation_id", record.id},
                   {"model", record.model},
                   {"outcome", answer.accepted ? std::string("ok") : answer.accepted.error().code}};
  trace_part({"interpret", begun, pipeline_.clock.now(), to_text(facts), std::move(answer.parts)});
}

void JobRun::trace_part(Span part) {
  const std::lock_guard lock(mutex_);
  trace_.push_back(std::move(part));
}

void JobRun::tell_trace(const std::optional<Result<Job>>& job) {
  if (pipeline_.traces == nullptr) return;
  const bool known = job && job->has_value();
  const Json facts{{"attempt", job_.attempts}, {"state", known ? Json(to_string((*job)->state)) : Json()}};
  const std::lock_guard lock(mutex_);
  pipeline_.traces->add(job_.id, {"run", begun_, pipeline_.clock.now(), to_text(facts), std::move(trace_)});
}

}  // namespace doodled
