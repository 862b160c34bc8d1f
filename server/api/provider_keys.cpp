// Keys of model providers: write-only.
#include <nlohmann/json.hpp>

#include "core/base/log.hpp"
#include "core/base/text_result.hpp"
#include "server/api/routes.hpp"
#include "server/gate/refusals.hpp"

namespace doodled::api {
namespace {

using http::Method;
using http::Request;
using http::Response;

// A parser's complaint may quote what it read, and that is a key here.
Result<std::string> key_of(const Request& request) {
  const auto json = http::json_body(request);
  if (!json && json.error().code == "malformed_json")
    return Error{"malformed_json", "the body is no JSON", {{"", "must be {\"key\": \"...\"}"}}};
  if (!json) return json.error();
  if (!json->is_object() || json->size() != 1 || !json->contains("key") || !(*json)["key"].is_string())
    return Error{"invalid_key", "the key can't be used", {{"/key", "must be text, and alone in an object"}}};
  return text_result((*json)["key"].get<std::string>());
}

Response change(Services& services, const Request& request, const std::optional<std::string>& key) {
  const std::string id(request.parameter("id"));
  if (!services.interpreters.find(id))
    return http::problem_response({"unknown_interpreter", "there is no interpreter \"" + id + "\""});
  if (const auto changed = services.provider_keys.change(id, key); !changed)
    return http::problem_response(changed.error());
  log::info("interpret", key ? "was given another key" : "has no key of the API any more",
            {{"interpreter", id}, {"client", request.client.name}});
  return http::no_content();
}

// Whoever listens on the way could spend its owner's money.
Response put_key(Services& services, const Request& request) {
  if (!request.encrypted && !is_this_machine(request.remote_address))
    return http::problem_response(
        {"upgrade_required", "a key is taken from another machine by https only: see tls.enabled"});
  const auto key = key_of(request);
  if (!key) return http::problem_response(key.error());
  return change(services, request, *key);
}

}  // namespace

std::vector<http::Route> provider_key_routes(Services& services) {
  Services* s = &services;
  constexpr std::size_t longest = 16'384;
  return {{Method::put, "/api/v1/interpreters/{id}/key", Scope::admin,
           [s](const Request& r) { return put_key(*s, r); }, longest},
          {Method::del, "/api/v1/interpreters/{id}/key", Scope::admin,
           [s](const Request& r) { return change(*s, r, std::nullopt); }}};
}

}  // namespace doodled::api
