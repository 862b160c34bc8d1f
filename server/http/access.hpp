// Who may ask: the names this server answers to (against DNS rebinding) and the pages that may change things.
#pragma once
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "server/http/message.hpp"

namespace doodled::http {

struct AccessRules {
  std::vector<std::string> hosts;  // names without a port, allowed beside loopback names and the own address
  std::vector<std::string> origins;  // "https://studio.example", allowed beside the own origin
};

// The host of a Host header or of an authority: without port and brackets, in lower case. Nothing where
// malformed.
std::optional<std::string> host_name(std::string_view authority);

// `local_address` is the IP literal of this server's end of the connection.
bool host_allowed(std::string_view host_header, std::string_view local_address, const AccessRules& rules);

// Browsers say where a request comes from; one that changes something, or opens a WebSocket, must come from
// the page that this very host served. Requests of other programs carry no Origin and pass.
bool origin_allowed(const Request& request, const AccessRules& rules);

// Whether it does more than read.
bool changes_something(Method method);

// The refusal, or nothing. `is_upgrade` asks for a WebSocket.
std::optional<Response> refuse_stranger(const Request& request, bool is_upgrade, const AccessRules& rules);

}  // namespace doodled::http
