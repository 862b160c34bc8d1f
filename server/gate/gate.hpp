// Who gets in. Every request passes here once, before anything is done for it, in this order: is it meant for
// this server (Host), does a foreign page send it (Origin), who asks (cookie, bearer token, address), too
// often, in clear text where that is not wanted, forged from another page (CSRF), and may this one do it
// (scope). The scope that each route needs stands beside the route.
#pragma once
#include <mutex>
#include <optional>
#include <string>

#include "core/access/networks.hpp"
#include "core/access/pace.hpp"
#include "core/access/tokens.hpp"
#include "server/http/access.hpp"
#include "server/http/server.hpp"

namespace doodled {

struct GateRules {
  http::AccessRules names;
  Networks trusted;                // who needs no token
  std::string console_key;         // the secret of the commands on this machine; empty: none
  double requests_a_second = 100;  // of each client that is not trusted; four times as many at once
  bool tls = false;                // nobody else than this machine itself may come in clear text
};

class AccessGate {
 public:
  // `tokens` and `clock` outlive it.
  AccessGate(GateRules rules, Tokens& tokens, const Clock& clock);

  // The refusal, or nothing; sets request.client. Thread-safe.
  std::optional<http::Response> refuse(http::Request& request, const http::Destination& to);

 private:
  http::Principal who(const http::Request& request) const;
  std::optional<http::Response> refuse_haste(const http::Request& request);
  std::optional<http::Response> refuse_clear_text(const http::Request& request) const;

  const GateRules rules_;
  Tokens& tokens_;
  const Clock& clock_;
  std::mutex pace_mutex_;
  Pace pace_;
};

}  // namespace doodled
