// Letting a device in: an invitation, its link and QR code, the code claimed, and the yes or no to it.
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

Json claimant_json(const std::optional<Claimant>& claimant) {
  return claimant ? Json{{"name", claimant->name}, {"address", claimant->address}} : Json();
}

Json invitation_json(const Invitation& invitation, const Request& request) {
  return {{"id", invitation.id},
          {"scope", to_string(invitation.scope)},
          {"state", to_string(invitation.state)},
          {"confirm", invitation.confirm},
          {"claimant", claimant_json(invitation.claimant)},
          {"created_at", to_rfc3339(invitation.created_at)},
          {"expires_at", to_rfc3339(invitation.expires_at)},
          {"token", invitation.token ? token_json(*invitation.token, request.client) : Json()}};
}

// Who invited sees and answers an invitation, and whoever may do everything.
bool concerns(const Invitation& invitation, const Request& request) {
  return covers(request.client.scope, Scope::admin) || invitation.inviter == request.client.id;
}

Result<Invitation> invitation_of(Services& services, const Request& request) {
  auto invitation = services.pairing.find(request.parameter("id"));
  if (invitation && !concerns(*invitation, request))
    return Error{"unknown_pairing", "there is no such invitation", {{"id", "names no invitation"}}};
  return invitation;
}

// Only who may do everything can say yes before anybody is there to be looked at.
Result<bool> confirm_wished(const Json& wish, const Request& request) {
  const Json confirm = wish.value("confirm", Json(true));
  if (!confirm.is_boolean())
    return Error{"invalid_confirm", "confirm can't be used", {{"/confirm", "must be true or false"}}};
  if (confirm == false && !covers(request.client.scope, Scope::admin))
    return Error{
        "scope_too_small", "only who may do everything can confirm ahead", {{"/confirm", "must be true"}}};
  return confirm.get<bool>();
}

Result<InvitationWish> invitation_wished(const Request& request, std::chrono::minutes usual) {
  const auto wish = wish_of(request);
  if (!wish) return wish.error();
  const auto scope = scope_wished(*wish, "create", request.client);
  if (!scope) return scope.error();
  const Json minutes = wish->value("minutes", Json(usual.count()));
  if (!minutes.is_number_integer())
    return Error{"invalid_minutes", "the code can't last so long", {{"/minutes", "must be a whole number"}}};
  const auto confirm = confirm_wished(*wish, request);
  if (!confirm) return confirm.error();
  return InvitationWish{*scope, std::chrono::minutes(minutes.get<std::int64_t>()), *confirm,
                        request.client.id};
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

Response list_invitations(Services& services, const Request& request) {
  Json items = Json::array();
  for (const auto& invitation : services.pairing.pending())
    if (concerns(invitation, request)) items.push_back(invitation_json(invitation, request));
  return http::json_response({{"items", std::move(items)}});
}

Response get_invitation(Services& services, const Request& request) {
  const auto invitation = invitation_of(services, request);
  if (!invitation) return http::problem_response(invitation.error());
  return http::json_response(invitation_json(*invitation, request));
}

Response answer(Services& services, const Request& request,
                Result<Invitation> (Pairing::*said)(std::string_view)) {
  const auto asked = invitation_of(services, request);
  if (!asked) return http::problem_response(asked.error());
  const auto invitation = (services.pairing.*said)(asked->id);
  if (!invitation) return http::problem_response(invitation.error());
  tell_changed(services);
  return http::json_response(invitation_json(*invitation, request));
}

Response get_qr(Services& services, const Request& request) {
  const auto invitation = invitation_of(services, request);
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
  if (const auto known = invitation_of(services, request); !known)
    return http::problem_response(known.error());
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

Result<Claim> claimed(Services& services, const Request& request, const Json& wish) {
  const auto code = text_member(wish, "code", "");
  if (!code) return code.error();
  const auto name = text_member(wish, "name", "");
  if (!name) return name.error();
  return services.pairing.claim(code->get<std::string>(), name->get<std::string>(), request.remote_address);
}

Response private_response(const Json& json, int status) {
  auto response = http::json_response(json, status);
  response.headers.add("Cache-Control", "no-store");
  return response;
}

// 202 with a ticket while nobody has said yes; the token, once.
Response claim_response(Services& services, const Request& request, const Json& wish, const Claim& claim) {
  if (!claim.made)
    return private_response({{"ticket", claim.ticket},
                             {"name", claim.claimant.name},
                             {"address", claim.claimant.address},
                             {"expires_at", to_rfc3339(claim.expires_at)}},
                            202);
  Json answer{{"token", token_json(claim.made->token, request.client)}};
  if (wish.value("secret", Json()) == true) answer["secret"] = claim.made->secret;
  auto response = private_response(answer, 201);
  response.headers.add("Set-Cookie", cookie_with(claim.made->secret, request.encrypted));
  tell_changed(services);
  return response;
}

Response claim(Services& services, const Request& request) {
  const auto wish = wish_of(request);
  if (!wish) return http::problem_response(wish.error());
  const auto claim = claimed(services, request, *wish);
  if (!claim) return refuse_claim(services, request, claim.error());
  if (!claim->made) tell_changed(services);
  return claim_response(services, request, *wish, *claim);
}

Response collect(Services& services, const Request& request) {
  const auto wish = wish_of(request);
  if (!wish) return http::problem_response(wish.error());
  const auto ticket = text_member(*wish, "ticket", "");
  if (!ticket) return http::problem_response(ticket.error());
  const auto claim = services.pairing.collect(ticket->get<std::string>());
  if (!claim) return http::problem_response(claim.error());
  return claim_response(services, request, *wish, *claim);
}

}  // namespace

std::vector<http::Route> pairing_routes(Services& services) {
  Services* s = &services;
  return {
      {Method::get, "/api/v1/pairing", Scope::create,
       [s](const Request& r) { return list_invitations(*s, r); }},
      {Method::post, "/api/v1/pairing", Scope::create, [s](const Request& r) { return invite(*s, r); },
       largest_wish},
      {Method::post, "/api/v1/pairing/claim", Scope::none, [s](const Request& r) { return claim(*s, r); },
       largest_wish},
      {Method::post, "/api/v1/pairing/collect", Scope::none, [s](const Request& r) { return collect(*s, r); },
       largest_wish},
      {Method::post, "/api/v1/pairing/{id}/confirm", Scope::create,
       [s](const Request& r) { return answer(*s, r, &Pairing::confirm); }},
      {Method::post, "/api/v1/pairing/{id}/refuse", Scope::create,
       [s](const Request& r) { return answer(*s, r, &Pairing::refuse); }},
      {Method::get, "/api/v1/pairing/{id}", Scope::create,
       [s](const Request& r) { return get_invitation(*s, r); }},
      {Method::del, "/api/v1/pairing/{id}", Scope::create, [s](const Request& r) { return withdraw(*s, r); }},
      {Method::get, "/api/v1/pairing/{id}/qr.svg", Scope::create,
       [s](const Request& r) { return get_qr(*s, r); }},
  };
}

}  // namespace doodled::api
