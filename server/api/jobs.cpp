#include <nlohmann/json.hpp>

#include "server/api/page_request.hpp"
#include "server/api/routes.hpp"
#include "server/api/types.hpp"
#include "server/api/upload.hpp"

namespace doodled::api {
namespace {

using http::Method;
using http::Request;
using http::Response;

// A wish as it came, whether as a form or as JSON.
struct Wish {
  std::string image_id, prompt, mode = "auto";
  Json interpreter, options = Json::object(), play;
};

Error invalid(std::string pointer, std::string message) {
  return {"invalid_job", "the job can't be made", {{std::move(pointer), std::move(message)}}};
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
  else
    return invalid(
        "/" + name,
        "is no field of a job; there are image, image_id, prompt, mode, interpreter, options, play");
  return {};
}

// In a form, options, play and a chain of interpreters are JSON texts.
Result<Json> form_value(const http::Part& part) {
  const std::string text(part.content);
  const bool structured =
      part.name == "options" || part.name == "play" || (part.name == "interpreter" && text.starts_with('['));
  if (!structured) return Json(text);
  auto json = parse_json(text);
  if (!json) return invalid("/" + part.name, json.error().message);
  return json;
}

Result<Wish> wish_from_form(Services& services, const Request& request) {
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
  const auto image = store_image(services, picture->bytes());
  if (!image) return image.error();
  wish.image_id = image->id;
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

Result<Json> interpreter_chain(const Services& services, const Json& wanted) {
  if (wanted.is_null()) return Json(services.default_interpreters);
  const Json chain = wanted.is_string() ? Json::array({wanted}) : wanted;
  const bool texts = chain.is_array() && !chain.empty() && chain.size() <= 8 &&
                     std::ranges::all_of(chain, [](const Json& id) { return id.is_string(); });
  if (!texts)
    return invalid("/interpreter", "is neither an interpreter's id nor a list of one to eight of them");
  return chain;
}

Result<NewJob> new_job(const Services& services, const Wish& wish) {
  if (wish.image_id.empty() && wish.prompt.empty())
    return invalid("/image", "neither a picture nor a prompt was given");
  if (wish.prompt.size() > 8000) return invalid("/prompt", "is longer than 8,000 characters");
  if (!wish.options.is_object()) return invalid("/options", "is not an object");
  if (!wish.play.is_null()) {
    const auto play = perform_request(wish.play);
    if (!play) return play.error();
    for (const auto& id : play->devices)
      if (auto device = services.rack.device(id); !device) return device.error();
  }
  const auto chain = interpreter_chain(services, wish.interpreter);
  if (!chain) return chain.error();
  return NewJob{{},
                services.clock.wall_ms(),
                wish.mode,
                wish.image_id,
                wish.prompt,
                to_text(*chain),
                to_text(wish.options),
                wish.play.is_null() ? std::string() : to_text(wish.play)};
}

std::optional<IdempotencyKey> idempotency_key(const Request& request, const NewJob& job) {
  const auto key = request.headers.value("Idempotency-Key");
  if (key.empty()) return std::nullopt;
  const Json asked =
      Json::array({job.mode, job.image_id, job.prompt, job.interpreters, job.options, job.play});
  return IdempotencyKey{"jobs", std::string(key), sha256_hex(to_text(asked))};
}

Response post_job(Services& services, const Request& request) {
  const bool form = http::is_multipart(request.headers.value("Content-Type"));
  const auto wish = form ? wish_from_form(services, request) : wish_from_json(request);
  if (!wish) return http::problem_response(wish.error());
  const auto job = new_job(services, *wish);
  if (!job) return http::problem_response(job.error());
  const auto submitted = services.workers.submit(*job, idempotency_key(request, *job));
  if (!submitted) return http::problem_response(submitted.error());
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

Response cancel_job(Services& services, const Request& request) {
  const auto job = services.workers.cancel(std::string(request.parameter("id")));
  return job ? http::json_response(to_json(*job)) : http::problem_response(job.error());
}

}  // namespace

std::vector<http::Route> job_routes(Services& services) {
  Services* s = &services;
  const auto limit = services.max_upload_bytes;
  return {
      {Method::post, "/api/v1/jobs", [s](const Request& r) { return post_job(*s, r); }, limit},
      {Method::get, "/api/v1/jobs", [s](const Request& r) { return list_jobs(*s, r); }},
      {Method::get, "/api/v1/jobs/{id}", [s](const Request& r) { return get_job(*s, r); }},
      {Method::del, "/api/v1/jobs/{id}", [s](const Request& r) { return cancel_job(*s, r); }},
  };
}

}  // namespace doodled::api
