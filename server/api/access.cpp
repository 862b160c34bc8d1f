// Who asks, and who else was let in. Who may ask for what is the gate's (server/gate).
#include <array>

#include <nlohmann/json.hpp>

#include "server/api/access_json.hpp"
#include "server/api/routes.hpp"
#include "server/api/types.hpp"
#include "server/gate/credentials.hpp"
#include "server/machine/machine.hpp"

namespace doodled::api {
namespace {

using http::Method;
using http::Principal;
using http::Request;
using http::Response;

std::string_view kind_name(Principal::Kind kind) {
  constexpr std::array<std::string_view, 5> names = {"stranger", "trusted", "device", "tool", "console"};
  return names[static_cast<std::size_t>(kind)];
}

std::string box_name() {
  const auto names = own_names();
  return names.empty() ? std::string() : names.front();
}

Response get_access(const Request& request) {
  const auto& client = request.client;
  return http::json_response({{"client",
                               {{"id", text_or_null(client.id)},
                                {"kind", kind_name(client.kind)},
                                {"name", client.name},
                                {"scope", to_string(client.scope)}}},
                              {"encrypted", request.encrypted},
                              {"box", box_name()}});
}

Response revoke(Services& services, const std::string& id) {
  if (const auto revoked = services.tokens.revoke(id); !revoked)
    return http::problem_response(revoked.error());
  services.end_client(id);
  tell_changed(services);
  return http::no_content();
}

Response leave(Services& services, const Request& request) {
  if (request.client.id.empty())
    return http::problem_response(Error{"not_paired", "this machine is let in without being paired"});
  auto response = revoke(services, request.client.id);
  response.headers.add("Set-Cookie", cookie_cleared(request.encrypted));
  return response;
}

Response list_tokens(Services& services, const Request& request) {
  Json items = Json::array();
  for (const auto& token : services.tokens.list()) items.push_back(token_json(token, request.client));
  return http::json_response({{"items", std::move(items)}});
}

Result<NewToken> token_wished(Services& services, const Request& request) {
  const auto wish = wish_of(request);
  if (!wish) return wish.error();
  const auto name = text_member(*wish, "name", "");
  if (!name) return name.error();
  const auto scope = scope_wished(*wish, "play", request.client);
  if (!scope) return scope.error();
  return services.tokens.create({name->get<std::string>(), TokenKind::tool, *scope});
}

Response create_token(Services& services, const Request& request) {
  const auto made = token_wished(services, request);
  if (!made) return http::problem_response(made.error());
  auto json = token_json(made->token, request.client);
  json["secret"] = made->secret;
  tell_changed(services);
  auto response = http::located_response(json, 201, "/api/v1/tokens/" + made->token.id);
  response.headers.add("Cache-Control", "no-store");
  return response;
}

Response rename_token(Services& services, const Request& request) {
  const auto wish = wish_of(request);
  if (!wish) return http::problem_response(wish.error());
  const auto name = text_member(*wish, "name", "");
  if (!name) return http::problem_response(name.error());
  const auto token = services.tokens.rename(request.parameter("id"), name->get<std::string>());
  if (!token) return http::problem_response(token.error());
  tell_changed(services);
  return http::json_response(token_json(*token, request.client));
}

}  // namespace

std::vector<http::Route> access_routes(Services& services) {
  Services* s = &services;
  return {
      {Method::get, "/api/v1/access", Scope::none, [](const Request& r) { return get_access(r); }},
      {Method::del, "/api/v1/access", Scope::play, [s](const Request& r) { return leave(*s, r); }},
      {Method::get, "/api/v1/tokens", Scope::admin, [s](const Request& r) { return list_tokens(*s, r); }},
      {Method::post, "/api/v1/tokens", Scope::admin, [s](const Request& r) { return create_token(*s, r); },
       largest_wish},
      {Method::patch, "/api/v1/tokens/{id}", Scope::admin,
       [s](const Request& r) { return rename_token(*s, r); }, largest_wish},
      {Method::del, "/api/v1/tokens/{id}", Scope::admin,
       [s](const Request& r) { return revoke(*s, std::string(r.parameter("id"))); }},
  };
}

}  // namespace doodled::api
