#include <algorithm>
#include <map>

#include <nlohmann/json.hpp>

#include "core/base/log.hpp"
#include "server/api/page_request.hpp"
#include "server/api/routes.hpp"
#include "server/api/types.hpp"
#include "server/api/upload.hpp"

namespace doodled::api {
namespace {

using http::Method;
using http::Request;
using http::Response;

constexpr std::size_t most_listed = 8;

// A wish as it came, whether as a form or as JSON.
struct Wish {
  std::optional<KeptPicture> picture;  // not recorded yet
  std::string image_id, prompt, mode = "auto";
  Json interpreter, candidates, options = Json::object(), play;
  bool fresh = false, local_only = false;
};

Error invalid(std::string pointer, std::string message) {
  return {"invalid_job", "the job can't be made", {{std::move(pointer), std::move(message)}}};
}

// What is wrong with a member that is a request of its own.
Error within(const std::string& member, Error error) {
  for (auto& problem : error.problems) problem.pointer.insert(0, member);
  return error;
}

// In a form it is a text.
Result<bool> flag_from(const std::string& name, const Json& value) {
  if (value.is_boolean()) return value.get<bool>();
  if (value == "true" || value == "false") return value == "true";
  return invalid("/" + name, "is neither true nor false");
}

Result<void> read_flag(bool& flag, const std::string& name, const Json& value) {
  const auto read = flag_from(name, value);
  if (!read) return read.error();
  flag = *read;
  return {};
}

Result<void> read_field(Wish& wish, const std::string& name, const Json& value) {
  const bool text = name == "image_id" || name == "prompt" || name == "mode";
  if (text && !value.is_string()) return invalid("/" + name, "is not a text");
  if (name == "image_id")
    wish.image_id = value.get<std::string>();
  else if (name == "prompt")
    wish.prompt = value.get<std::string>();
  else if (name == "mode")
    wish.mode = value.get<std::string>();
  else if (name == "interpreter")
    wish.interpreter = value;
  else if (name == "options")
    wish.options = value;
  else if (name == "play")
    wish.play = value;
  else if (name == "candidates")
    wish.candidates = value;
  else if (name == "fresh")
    return read_flag(wish.fresh, name, value);
  else if (name == "local_only")
    return read_flag(wish.local_only, name, value);
  else
    return invalid("/" + name,
                   "is no field of a job; there are image, image_id, prompt, mode, interpreter, candidates, "
                   "options, play, fresh, local_only");
  return {};
}

// In a form, options, play, candidates and a chain of interpreters are JSON texts.
Result<Json> form_value(const http::Part& part) {
  const std::string text(part.content);
  const bool structured = part.name == "options" || part.name == "play" || part.name == "candidates" ||
                          (part.name == "interpreter" && text.starts_with('['));
  if (!structured) return Json(text);
  auto json = parse_json(text);
  if (!json) return invalid("/" + part.name, json.error().message);
  return json;
}

// Null where the wish, which is checked later, names nobody.
std::shared_ptr<Interpreter> first_asked(const Services& services, const Wish& wish) {
  const Json chain = wish.interpreter.is_null() ? Json(services.default_interpreters) : wish.interpreter;
  const Json first = chain.is_array() && !chain.empty() ? chain.front() : chain;
  return first.is_string() ? services.interpreters.find(first.get<std::string>()) : nullptr;
}

Result<Wish> wish_from_form(Services& services, const Request& request, SpanWatch& watch) {
  const auto form = http::parse_multipart(request.headers.value("Content-Type"), request.body);
  if (!form) return form.error();
  Wish wish;
  const http::Part* picture = nullptr;
  for (const auto& part : form->parts) {
    if (part.name == "image") {
      picture = &part;
      continue;
    }
    const auto value = form_value(part);
    if (!value) return value.error();
    if (auto read = read_field(wish, part.name, *value); !read) return read.error();
  }
  if (!picture) return wish;
  const auto asked = first_asked(services, wish);
  const BeginAhead begin = [&](Bytes bytes) -> Result<std::optional<Ahead>> {
    if (!asked) return std::optional<Ahead>();
    return asked->begin(wish.mode, bytes);
  };
  const auto kept = keep_picture(services, picture->bytes(), begin, &watch);
  if (!kept) return kept.error();
  wish.image_id = kept->id;
  wish.picture = *kept;
  return wish;
}

Result<Wish> wish_from_json(const Request& request) {
  const auto json = http::json_body(request);
  if (!json) return json.error();
  if (!json->is_object()) return invalid("", "is not a JSON object");
  Wish wish;
  for (const auto& [name, value] : json->items())
    if (auto read = read_field(wish, name, value); !read) return read.error();
  return wish;
}

Result<Json> chain_from(const std::string& pointer, const Json& wanted) {
  const Json chain = wanted.is_string() ? Json::array({wanted}) : wanted;
  const bool texts = chain.is_array() && !chain.empty() && chain.size() <= most_listed &&
                     std::ranges::all_of(chain, [](const Json& id) { return id.is_string(); });
  if (!texts) return invalid(pointer, "is neither an interpreter's id nor a list of one to eight of them");
  return chain;
}

Result<Json> interpreter_chain(const Services& services, const Json& wanted) {
  if (wanted.is_null()) return Json(services.default_interpreters);
  return chain_from("/interpreter", wanted);
}

// A number: the chain is asked so often, with other seeds. A list: an interpreter or a chain for each.
// Null: there are none.
Result<Json> candidate_chains(const Json& chain, const Json& wanted) {
  if (wanted.is_null()) return Json();
  if (wanted.is_number_integer() && wanted >= 1 && wanted <= most_listed)
    return Json(wanted.get<std::size_t>(), chain);
  if (!wanted.is_array() || wanted.empty() || wanted.size() > most_listed)
    return invalid("/candidates",
                   "is neither a number from 1 to 8 nor a list of one to eight interpreters or chains");
  Json chains = Json::array();
  for (std::size_t i = 0; i < wanted.size(); ++i) {
    auto one = chain_from("/candidates/" + std::to_string(i), wanted[i]);
    if (!one) return one.error();
    chains.push_back(std::move(*one));
  }
  return chains;
}

Result<NewJob> new_job(const Services& services, const Wish& wish) {
  if (wish.image_id.empty() && wish.prompt.empty())
    return invalid("/image", "neither a picture nor a prompt was given");
  if (wish.prompt.size() > 8000) return invalid("/prompt", "is longer than 8,000 characters");
  if (!wish.options.is_object()) return invalid("/options", "is not an object");
  if (!wish.play.is_null()) {
    const auto play = perform_request(wish.play);
    if (!play) return within("/play", play.error());
    for (const auto& id : play->devices)
      if (auto device = services.rack.device(id); !device) return device.error();
  }
  const auto chain = interpreter_chain(services, wish.interpreter);
  if (!chain) return chain.error();
  const auto candidates = candidate_chains(*chain, wish.candidates);
  if (!candidates) return candidates.error();
  return NewJob{{},
                services.clock.wall_ms(),
                wish.mode,
                wish.image_id,
                wish.prompt,
                to_text(*chain),
                to_text(wish.options),
                wish.play.is_null() ? std::string() : to_text(wish.play),
                candidates->is_null() ? std::string() : to_text(*candidates),
                wish.fresh};
}

std::optional<IdempotencyKey> idempotency_key(const Request& request, const NewJob& job) {
  const auto key = request.headers.value("Idempotency-Key");
  if (key.empty()) return std::nullopt;
  const Json asked = Json::array({job.mode, job.image_id, job.prompt, job.interpreters, job.options, job.play,
                                  job.candidates, job.fresh});
  return IdempotencyKey{"jobs", std::string(key), sha256_hex(to_text(asked))};
}

// The picture of a job that is refused is there all the same.
Result<Submitted> submit(Services& services, const Request& request, const Wish& wish) {
  auto& images = services.store.images;
  const auto record_picture = [&] {
    if (wish.picture) images.add(*wish.picture);
  };
  const auto refused = [&](const Error& error) {
    record_picture();
    return error;
  };
  const auto job = new_job(services, wish);
  if (!job) return refused(job.error());
  if (wish.local_only && !wish.image_id.empty()) {
    record_picture();
    if (auto kept = images.keep_here(wish.image_id, true); !kept) return kept.error();
  }
  auto submitted = services.workers.submit(*job, idempotency_key(request, *job), record_picture);
  return submitted ? submitted : refused(submitted.error());
}

// What ties the request to its job: a span of the trace, and a line of the log.
void tell_accepted(Services& services, const Request& request, const Job& job, SpanWatch& upload) {
  services.traces.add(job.id, upload.finish(to_text(Json{{"request_id", request.id}})));
  log::info("jobs", "job accepted", {{"job", job.id}, {"request", request.id}});
}

Response post_job(Services& services, const Request& request) {
  SpanWatch watch("upload", services.clock, request.begun);
  watch.part_until(request.received, "receive", to_text(Json{{"bytes", request.body.size()}}));
  const bool form = http::is_multipart(request.headers.value("Content-Type"));
  const auto wish = form ? wish_from_form(services, request, watch) : wish_from_json(request);
  if (!wish) return http::problem_response(wish.error());
  const auto submitted = submit(services, request, *wish);
  if (!submitted) return http::problem_response(submitted.error());
  watch.part("commit");
  if (!submitted->repeated) tell_accepted(services, request, submitted->job, watch);
  return http::located_response(to_json(submitted->job), 202, "/api/v1/jobs/" + submitted->job.id);
}

Response list_jobs(Services& services, const Request& request) {
  const auto page_request = page_request_of(request);
  if (!page_request) return http::problem_response(page_request.error());
  std::optional<JobState> state;
  if (const auto name = request.query_value("state")) {
    state = job_state_from(*name);
    if (!state)
      return http::problem_response(
          Error{"bad_query",
                "the query can't be used",
                {{"state", "is none of queued, running, done, failed, cancelled"}}});
  }
  const auto page = services.store.jobs.list(state, *page_request);
  return page ? http::json_response(
                    page_json(*page, [&](const Job& job) { return to_json(services.workers.live(job)); }))
              : http::problem_response(page.error());
}

Response get_job(Services& services, const Request& request) {
  const auto job = services.store.jobs.get(std::string(request.parameter("id")));
  return job ? http::json_response(to_json(services.workers.live(*job)))
             : http::problem_response(job.error());
}

// Each reading that was made for the job, useful or not, in the order in which they ended.
Response list_candidates(Services& services, const Request& request) {
  const std::string id(request.parameter("id"));
  if (const auto job = services.store.jobs.get(id); !job) return http::problem_response(job.error());
  SessionFilter made_by_it;
  made_by_it.job_id = id;
  std::map<std::string, std::string> session_of;
  const auto sessions = services.store.sessions.list(made_by_it, {500, {}});
  for (const auto& session : sessions.value().items) session_of[session.interpretation_id] = session.id;
  Json items = Json::array();
  for (const auto& reading : services.store.interpretations.of_job(id)) {
    Json item = to_json(reading);
    for (const char* large : {"request", "answer", "cache_key", "job_id"}) item.erase(large);
    const auto session = session_of.find(reading.id);
    item["session_id"] = session == session_of.end() ? Json() : Json(session->second);
    items.push_back(std::move(item));
  }
  return http::json_response({{"items", std::move(items)}});
}

Response cancel_job(Services& services, const Request& request) {
  const auto job = services.workers.cancel(std::string(request.parameter("id")));
  return job ? http::json_response(to_json(*job)) : http::problem_response(job.error());
}

}  // namespace

std::vector<http::Route> job_routes(Services& services) {
  Services* s = &services;
  const auto limit = services.max_upload_bytes;
  return {
      {Method::post, "/api/v1/jobs", Scope::create, [s](const Request& r) { return post_job(*s, r); }, limit},
      {Method::get, "/api/v1/jobs", Scope::play, [s](const Request& r) { return list_jobs(*s, r); }},
      {Method::get, "/api/v1/jobs/{id}", Scope::play, [s](const Request& r) { return get_job(*s, r); }},
      {Method::get, "/api/v1/jobs/{id}/candidates", Scope::play,
       [s](const Request& r) { return list_candidates(*s, r); }},
      {Method::del, "/api/v1/jobs/{id}", Scope::create, [s](const Request& r) { return cancel_job(*s, r); }},
  };
}

}  // namespace doodled::api
