#include "server/gate/gate.hpp"

#include <nlohmann/json.hpp>

#include "core/access/secrets.hpp"
#include "server/gate/credentials.hpp"
#include "server/gate/refusals.hpp"

namespace doodled {
namespace {

using http::Destination;
using http::Principal;
using http::Request;
using http::Response;

Principal client_of(const Token& token) {
  const auto kind = token.kind == TokenKind::tool ? Principal::Kind::tool : Principal::Kind::device;
  return {kind, token.scope, token.id, token.name};
}

// Browsers send one of both with all that a page of ours may ask for.
bool says_our_page(const Request& request) {
  return request.headers.contains("Origin") || request.headers.value("Sec-Fetch-Site") == "same-origin";
}

// Whoever has no cookie can't have it used by another page.
std::optional<Response> refuse_forgery(const Request& request, const Destination& to) {
  const bool matters = to.web_socket || http::changes_something(request.method);
  if (!request.client.by_cookie || !matters || says_our_page(request)) return std::nullopt;
  return http::problem_response({"foreign_origin",
                                 "with a cookie this must come from our own page; programs use a token",
                                 {{"Origin", "is missing"}}});
}

std::optional<Response> refuse_scope(const Request& request, const Destination& to) {
  if (covers(request.client.scope, to.needs)) return std::nullopt;
  if (request.client.kind == Principal::Kind::stranger) return pairing_required(request);
  return scope_too_small(request.client.scope, to.needs);
}

}  // namespace

AccessGate::AccessGate(GateRules rules, Tokens& tokens, const Clock& clock)
    : rules_(std::move(rules)),
      tokens_(tokens),
      clock_(clock),
      pace_({rules_.requests_a_second * 4, rules_.requests_a_second}) {}

std::optional<Response> AccessGate::refuse(Request& request, const Destination& to) {
  if (auto refusal = http::refuse_stranger(request, to.web_socket, rules_.names)) return refusal;
  request.client = who(request);
  if (auto refusal = refuse_haste(request)) return refusal;
  if (auto refusal = refuse_clear_text(request)) return refusal;
  if (auto refusal = refuse_forgery(request, to)) return refusal;
  return refuse_scope(request, to);
}

// A token that is shown counts, even where the address alone would open more; a stale cookie does not.
Principal AccessGate::who(const Request& request) const {
  if (const auto secret = bearer_secret(request)) {
    if (!rules_.console_key.empty() && same_secret(*secret, rules_.console_key))
      return {Principal::Kind::console, Scope::admin};
    const auto token = tokens_.find(*secret, request.remote_address);
    return token ? client_of(*token) : Principal{};
  }
  if (rules_.trusted.contains(request.remote_address) && !is_forwarded(request))
    return {Principal::Kind::trusted, Scope::admin};
  const auto secret = cookie_secret(request);
  const auto token = secret ? tokens_.find(*secret, request.remote_address) : std::nullopt;
  if (!token) return {};
  auto client = client_of(*token);
  client.by_cookie = true;
  return client;
}

std::optional<Response> AccessGate::refuse_haste(const Request& request) {
  const auto& client = request.client;
  if (client.kind == Principal::Kind::trusted || client.kind == Principal::Kind::console) return std::nullopt;
  const std::lock_guard lock(pace_mutex_);
  const auto wait =
      pace_.take(client.id.empty() ? client_network(request.remote_address) : client.id, clock_.now());
  if (!wait) return std::nullopt;
  return too_many_requests(*wait);
}

std::optional<Response> AccessGate::refuse_clear_text(const Request& request) const {
  const bool stays_inside =
      is_this_machine(request.remote_address) || request.remote_address == request.local_address;
  if (!rules_.tls || request.encrypted || stays_inside) return std::nullopt;
  return use_tls(request);
}

}  // namespace doodled
