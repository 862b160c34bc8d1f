#include "server/api/box_address.hpp"

#include <algorithm>

#include "server/http/access.hpp"
#include "server/machine/machine.hpp"

namespace doodled::api {
namespace {

bool is_loopback(std::string_view host) {
  return host == "localhost" || host.ends_with(".localhost") || host.starts_with("127.") || host == "::1";
}

bool is_any(std::string_view host) { return host == "0.0.0.0" || host == "::"; }

std::string port_part(std::string_view authority) {
  const auto colon = authority.rfind(':');
  return std::string(authority.substr(std::min(colon, authority.size())));
}

}  // namespace

BoxAddress box_address(std::string_view listening, std::string_view host, bool tls) {
  const std::string scheme = tls ? "https://" : "http://";
  if (const auto name = http::host_name(host); name && !is_loopback(*name))
    return {scheme + std::string(host), true};
  const auto address = http::host_name(listening).value_or("");
  if (!is_any(address)) return {scheme + std::string(listening), !is_loopback(address)};
  const auto own = own_addresses();
  if (own.empty()) return {scheme + "localhost" + port_part(listening), false};
  const bool v6 = own.front().find(':') != std::string::npos;
  return {scheme + (v6 ? "[" + own.front() + "]" : own.front()) + port_part(listening), true};
}

}  // namespace doodled::api
