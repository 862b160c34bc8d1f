#include "server/api/access_json.hpp"

#include "server/api/types.hpp"

namespace doodled::api {
namespace {

Json time_or_null(std::optional<std::int64_t> at) { return at ? Json(to_rfc3339(*at)) : Json(); }

}  // namespace

Json token_json(const Token& token, const http::Principal& asker) {
  return {{"id", token.id},
          {"name", token.name},
          {"kind", to_string(token.kind)},
          {"scope", to_string(token.scope)},
          {"created_at", to_rfc3339(token.created_at)},
          {"last_used_at", time_or_null(token.last_used_at)},
          {"last_address", text_or_null(token.last_address)},
          {"current", token.id == asker.id}};
}

void tell_changed(Services& services) { services.bus.publish("access", "access.changed", Json::object()); }

// A text member of a JSON object; `fallback` where it is absent.
Result<Json> text_member(const Json& wish, const std::string& name, const char* fallback) {
  if (!wish.contains(name)) return Json(fallback);
  if (!wish[name].is_string())
    return Error{"invalid_" + name, name + " can't be used", {{"/" + name, "must be text"}}};
  return wish[name];
}

// Nobody gives more than they have.
Result<Scope> scope_wished(const Json& wish, const char* fallback, const http::Principal& asker) {
  const auto text = text_member(wish, "scope", fallback);
  if (!text) return text.error();
  const auto scope = scope_from(text->get<std::string>());
  if (!scope || *scope == Scope::none)
    return Error{"invalid_scope", "the scope can't be used", {{"/scope", "must be play, create or admin"}}};
  if (!covers(asker.scope, *scope))
    return Error{"scope_too_small",
                 "nobody can give a larger scope than their own",
                 {{"/scope", "is larger than " + std::string(to_string(asker.scope))}}};
  return *scope;
}

Result<Json> wish_of(const http::Request& request) {
  if (request.body.empty()) return Json(Json::object());
  auto json = http::json_body(request);
  if (json && !json->is_object())
    return Error{"malformed_json", "the body is not a JSON object", {{"", "is no object"}}};
  return json;
}

}  // namespace doodled::api
