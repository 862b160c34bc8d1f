#include "server/api/webhooks.hpp"

#include "server/api/routes.hpp"
#include "server/api/types.hpp"

namespace doodled::api {
namespace {

using http::Method;
using http::Request;
using http::Response;

Json error_json(const std::optional<Error>& error) {
  return error ? Json{{"code", error->code}, {"message", error->message}} : Json();
}

Json time_json(const std::optional<std::int64_t>& at) { return at ? Json(to_rfc3339(*at)) : Json(); }

Json webhook_json(const WebhookState& hook) {
  return {{"id", hook.id},
          {"place", hook.place},
          {"events", hook.events},
          {"state", hook.state},
          {"backlog", hook.backlog.messages},
          {"oldest_at", time_json(hook.backlog.oldest_at)},
          {"delivered", hook.delivered},
          {"failed", hook.failed},
          {"given_up", hook.given_up},
          {"delivered_at", time_json(hook.delivered_at)},
          {"last_error", error_json(hook.last_error)},
          {"retry_in_ms", hook.retry_in_ms}};
}

Response list_webhooks(Services& services) {
  Json items = Json::array();
  if (services.webhooks != nullptr)
    for (const auto& hook : services.webhooks->states()) items.push_back(webhook_json(hook));
  return http::json_response({{"items", std::move(items)}});
}

Response test_webhook(Services& services, const Request& request) {
  const std::string id(request.parameter("id"));
  if (services.webhooks == nullptr)
    return http::problem_response(
        Error{"unknown_webhook", "there is no webhook \"" + id + "\"", {{"id", "is not configured"}}});
  const auto message = services.webhooks->test(id);
  return message ? http::json_response({{"message_id", *message}}, 202)
                 : http::problem_response(message.error());
}

template <class Found, class ToJson>
Json json_or_null(const Result<Found>& found, ToJson to_json) {
  return found ? to_json(*found) : Json();
}

}  // namespace

Json webhook_data(Store& store, const std::string& type, const std::string& subject) {
  if (type.starts_with("job."))
    return json_or_null(store.jobs.get(subject), [](const Job& job) { return to_json(job); });
  if (type.starts_with("session."))
    return json_or_null(store.sessions.get(subject),
                        [](const SessionHead& head) { return session_head_json(head); });
  if (type.starts_with("play."))
    return json_or_null(store.plays.get(subject), [](const PlayRecord& play) { return to_json(play); });
  return {};
}

std::vector<http::Route> webhook_routes(Services& services) {
  Services* s = &services;
  return {{Method::get, "/api/v1/webhooks", Scope::play, [s](const Request&) { return list_webhooks(*s); }},
          {Method::post, "/api/v1/webhooks/{id}/test", Scope::admin,
           [s](const Request& r) { return test_webhook(*s, r); }}};
}

}  // namespace doodled::api
