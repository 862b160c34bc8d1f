#include "core/jobs/pipeline.hpp"

#include <nlohmann/json.hpp>

#include "core/base/error_json.hpp"
#include "core/interpret/accept.hpp"
#include "core/jobs/stored_session.hpp"

namespace doodled {
namespace {

InterpretRequest request_of(const Job& job, Bytes image) {
  return {job.mode, job.options, job.prompt, image, job.image_id};
}

std::vector<std::string> ids_of(const std::string& interpreters) {
  return Json::parse(interpreters).get<std::vector<std::string>>();
}

NewSession new_session(const Job& job, const Interpretation& interpretation, const Accepted& accepted,
                       std::int64_t at) {
  NewSession session = stored_session(accepted, at);
  session.image_id = job.image_id;
  session.interpretation_id = interpretation.id;
  session.interpreter = interpretation.interpreter;
  session.search_text = job.prompt;
  return session;
}

}  // namespace

struct Pipeline::Attempt {
  Interpretation interpretation;
  Result<Accepted> accepted;
};

Result<void> Pipeline::check(const NewJob& job) const {
  const auto ids = ids_of(job.interpreters);
  for (const auto& id : ids)
    if (!interpreters_.contains(id))
      return Error{"unknown_interpreter",
                   "there is no interpreter \"" + id + "\"",
                   {{"interpreter", "\"" + id + "\" is not configured"}}};
  return interpreters_.at(ids.front())->check({job.mode, job.options, job.prompt, {}, job.image_id});
}

Pipeline::Attempt Pipeline::attempt(const Job& job, Interpreter& interpreter, Bytes image,
                                    const Progress& progress, std::stop_token stop) {
  const auto request = request_of(job, image);
  const auto begun = clock_.now();
  Attempt attempt{{}, Error{}};
  auto& record = attempt.interpretation;
  record.id = new_id(clock_.wall_ms());
  record.interpreter = interpreter.id();
  record.kind = interpreter.kind();
  record.created_at = clock_.wall_ms();
  record.request = "{}";
  const auto reply = interpreter.ask(request, progress, stop);
  record.duration_ms = std::chrono::duration_cast<std::chrono::milliseconds>(clock_.now() - begun).count();
  if (!reply) return attempt.accepted = reply.error(), attempt;
  record.request = reply->request;
  record.answer = reply->answer;
  record.model = reply->model;
  record.prompt_version = reply->prompt_version;
  record.usage = reply->usage;
  progress("composing", 0.8);
  auto session = interpreter.to_session(request, *reply);
  attempt.accepted = session ? accept(std::move(*session), rules_) : Result<Accepted>(session.error());
  return attempt;
}

Result<Job> Pipeline::end(const Job& job, const std::string& interpreter, Attempt attempt) {
  const auto now = clock_.wall_ms();
  const auto& record = attempt.interpretation;
  if (attempt.accepted)
    return store_.jobs.finish(
        job, {interpreter, {record}, {new_session(job, record, *attempt.accepted, now)}}, now);
  if (attempt.accepted.error().code == "cancelled") return put_back(job, interpreter);
  return store_.jobs.fail(job, interpreter, to_text(to_json(attempt.accepted.error())), now);
}

// Stopped on the way: by somebody who cancelled the job, or because the process ends and the job shall go on
// later.
Result<Job> Pipeline::put_back(const Job& job, const std::string& interpreter) {
  const auto now = store_.jobs.get(job.id);
  if (now && now->cancel_requested)
    return store_.jobs.fail(job, interpreter, to_text(to_json(Error{"cancelled", "the job was cancelled"})),
                            clock_.wall_ms());
  if (const auto released = store_.jobs.release(job, clock_.wall_ms()); !released) return released.error();
  return store_.jobs.get(job.id);
}

Result<Job> Pipeline::run(const Job& job, const Progress& progress, std::stop_token stop) {
  std::vector<std::uint8_t> image;
  if (!job.image_id.empty()) {
    auto bytes = store_.images.bytes(job.image_id);
    if (!bytes) return store_.jobs.fail(job, {}, to_text(to_json(bytes.error())), clock_.wall_ms());
    image = std::move(*bytes);
  }
  const auto ids = ids_of(job.interpreters);
  for (std::size_t i = 0;; ++i) {
    const bool last = i + 1 == ids.size();
    const auto known = interpreters_.find(ids[i]);
    auto result =
        known == interpreters_.end()
            ? Attempt{{}, Error{"unknown_interpreter", "there is no interpreter \"" + ids[i] + "\" any more"}}
            : attempt(job, *known->second, image, progress, stop);
    if (result.accepted) return end(job, ids[i], std::move(result));
    result.interpretation.job_id = job.id;
    result.interpretation.error = to_text(to_json(result.accepted.error()));
    if (known != interpreters_.end()) store_.interpretations.add(result.interpretation);
    if (last || stop.stop_requested()) return end(job, ids[i], std::move(result));
  }
}

}  // namespace doodled
