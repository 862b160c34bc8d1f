// Letting a device in: an invitation, its link and QR code, and the code claimed.
#include <nlohmann/json.hpp>

#include "core/access/secrets.hpp"
#include "server/api/access_json.hpp"
#include "server/api/box_address.hpp"
#include "server/api/routes.hpp"
#include "server/gate/credentials.hpp"
#include "server/gate/refusals.hpp"
#include "server/qr/qr_code.hpp"

namespace doodled::api {
namespace {

using http::Method;
using http::Request;
using http::Response;

BoxAddress address_of_box(const Services& services, const Request& request) {
  if (!services.own_url.empty()) return {services.own_url, true};
  return box_address(services.listening(), request.headers.value("Host"), services.tls);
}

std::string link_to(const BoxAddress& box, const Invitation& invitation) {
  return box.url + "/#pair=" + invitation.code;
}

std::string path_of(const Invitation& invitation) { return "/api/v1/pairing/" + invitation.id; }

Json invitation_json(const Invitation& invitation, const Request& request) {
  return {{"id", invitation.id},
          {"scope", to_string(invitation.scope)},
          {"state", to_string(invitation.state)},
          {"created_at", to_rfc3339(invitation.created_at)},
          {"expires_at", to_rfc3339(invitation.expires_at)},
          {"token", invitation.token ? token_json(*invitation.token, request.client) : Json()}};
}

Result<InvitationWish> invitation_wished(const Request& request, std::chrono::minutes usual) {
  const auto wish = wish_of(request);
  if (!wish) return wish.error();
  const auto scope = scope_wished(*wish, "create", request.client);
  if (!scope) return scope.error();
  const Json minutes = wish->value("minutes", Json(usual.count()));
  if (!minutes.is_number_integer())
    return Error{"invalid_minutes", "the code can't last so long", {{"/minutes", "must be a whole number"}}};
  return InvitationWish{*scope, std::chrono::minutes(minutes.get<std::int64_t>())};
}

Response invite(Services& services, const Request& request) {
  const auto wish = invitation_wished(request, services.code_lasts);
  if (!wish) return http::problem_response(wish.error());
  const auto invitation = services.pairing.invite(*wish);
  if (!invitation) return http::problem_response(invitation.error());
  const auto box = address_of_box(services, request);
  auto json = invitation_json(*invitation, request);
  json["code"] = shown_code(invitation->code);
  json["url"] = link_to(box, *invitation);
  json["reachable"] = box.reachable;
  json["qr"] = path_of(*invitation) + "/qr.svg";
  tell_changed(services);
  return http::located_response(json, 201, path_of(*invitation));
}

Response get_invitation(Services& services, const Request& request) {
  const auto invitation = services.pairing.find(request.parameter("id"));
  if (!invitation) return http::problem_response(invitation.error());
  return http::json_response(invitation_json(*invitation, request));
}

Response get_qr(Services& services, const Request& request) {
  const auto invitation = services.pairing.find(request.parameter("id"));
  if (!invitation) return http::problem_response(invitation.error());
  if (invitation->code.empty())
    return http::problem_response(
        Error{"unknown_pairing", "this invitation is not open any more", {{"id", "has ended"}}});
  auto response = http::text_response(QrCode(link_to(address_of_box(services, request), *invitation)).svg(),
                                      "image/svg+xml");
  response.headers.add("Cache-Control", "no-store");
  return response;
}

Response withdraw(Services& services, const Request& request) {
  if (const auto gone = services.pairing.withdraw(request.parameter("id")); !gone)
    return http::problem_response(gone.error());
  tell_changed(services);
  return http::no_content();
}

Response refuse_claim(Services& services, const Request& request, const Error& error) {
  const auto wait = services.pairing.must_wait(request.remote_address);
  if (error.code == "too_many_requests" && wait) return too_many_requests(*wait);
  return http::problem_response(error);
}

Result<NewToken> claimed(Services& services, const Request& request, const Json& wish) {
  const auto code = text_member(wish, "code", "");
  if (!code) return code.error();
  const auto name = text_member(wish, "name", "");
  if (!name) return name.error();
  return services.pairing.claim(code->get<std::string>(), name->get<std::string>(), request.remote_address);
}

Response claim(Services& services, const Request& request) {
  const auto wish = wish_of(request);
  if (!wish) return http::problem_response(wish.error());
  const auto made = claimed(services, request, *wish);
  if (!made) return refuse_claim(services, request, made.error());
  Json answer{{"token", token_json(made->token, request.client)}};
  if (wish->value("secret", Json()) == true) answer["secret"] = made->secret;
  auto response = http::json_response(answer, 201);
  response.headers.add("Cache-Control", "no-store");
  response.headers.add("Set-Cookie", cookie_with(made->secret, request.encrypted));
  tell_changed(services);
  return response;
}

}  // namespace

std::vector<http::Route> pairing_routes(Services& services) {
  Services* s = &services;
  return {
      {Method::post, "/api/v1/pairing", Scope::create, [s](const Request& r) { return invite(*s, r); },
       largest_wish},
      {Method::post, "/api/v1/pairing/claim", Scope::none, [s](const Request& r) { return claim(*s, r); },
       largest_wish},
      {Method::get, "/api/v1/pairing/{id}", Scope::create,
       [s](const Request& r) { return get_invitation(*s, r); }},
      {Method::del, "/api/v1/pairing/{id}", Scope::create, [s](const Request& r) { return withdraw(*s, r); }},
      {Method::get, "/api/v1/pairing/{id}/qr.svg", Scope::create,
       [s](const Request& r) { return get_qr(*s, r); }},
  };
}

}  // namespace doodled::api
