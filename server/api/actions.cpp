// What hands ask for, over HTTP: one URL for each action.
#include "core/actions/actions.hpp"

#include <charconv>

#include <nlohmann/json.hpp>

#include "server/api/routes.hpp"
#include "server/api/types.hpp"

namespace doodled::api {
namespace {

using http::Method;
using http::Request;
using http::Response;

Response answer(const Result<HandState>& state) {
  return state ? http::json_response(to_json(*state)) : http::problem_response(state.error());
}

Error bad_query(const std::string& name, const std::string& message) {
  return {"bad_query", "the query cannot be used", {{name, message}}};
}

Result<double> number_from(std::string_view text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return bad_query("value", "is not a number");
  return value;
}

// ?value=0.5&text=cutoff&track=1
Result<ActionCall> call_from_query(const Request& request) {
  ActionCall call;
  if (const auto value = request.query_value("value")) {
    const auto number = number_from(*value);
    if (!number) return number.error();
    call.value = *number;
  }
  call.text = request.query_value("text").value_or("");
  if (!request.query_value("track")) return call;
  const auto track = http::query_number(request, "track", 0, 0, 127);
  if (!track) return track.error();
  call.track = static_cast<int>(*track);
  return call;
}

Result<ActionCall> call_from(const Request& request) {
  if (request.body.empty()) return call_from_query(request);
  const auto json = http::json_body(request);
  if (!json) return json.error();
  return action_call(*json);
}

Response do_action(Services& services, const Request& request, const Result<ActionCall>& call) {
  if (!call) return http::problem_response(call.error());
  return answer(services.actions.perform(request.parameter("name"), *call));
}

// A GET that changes something must not be one that a page from elsewhere hides in a picture.
bool from_a_foreign_page(const Request& request) {
  const auto site = request.headers.value("Sec-Fetch-Site");
  return !site.empty() && site != "same-origin" && site != "none";
}

Response get_action(Services& services, const Request& request) {
  if (!services.actions_by_get)
    return http::problem_response(Error{
        "method_not_allowed", "actions take POST here; actions.get in the settings allows GET too", {}});
  if (from_a_foreign_page(request))
    return http::problem_response(Error{"foreign_origin", "a page from elsewhere may not do this", {}});
  return do_action(services, request, call_from_query(request));
}

Response list_actions(const Services& services) {
  return http::json_response({{"items", actions_json()}, {"get", services.actions_by_get}});
}

}  // namespace

std::vector<http::Route> action_routes(Services& services) {
  Services* s = &services;
  return {
      {Method::get, "/api/v1/actions", Scope::play, [s](const Request&) { return list_actions(*s); }},
      {Method::post, "/api/v1/actions/{name}", Scope::play,
       [s](const Request& r) { return do_action(*s, r, call_from(r)); }},
      {Method::get, "/api/v1/actions/{name}", Scope::play,
       [s](const Request& r) { return get_action(*s, r); }},
      {Method::get, "/api/v1/macros", Scope::play,
       [s](const Request&) { return http::json_response(to_json(s->actions.state())); }},
  };
}

}  // namespace doodled::api
