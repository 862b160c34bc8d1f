#include "server/http/access.hpp"

#include <algorithm>

#include "server/http/text.hpp"

namespace doodled::http {
namespace {

bool is_port(std::string_view text) {
  return text.size() <= 5 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

bool is_loopback_name(std::string_view host) {
  return host == "localhost" || host == "127.0.0.1" || host == "::1" || host.ends_with(".localhost");
}

std::string_view without_scheme(std::string_view origin) {
  const auto end = origin.find("://");
  return end == std::string_view::npos ? std::string_view{} : origin.substr(end + 3);
}

}  // namespace

bool changes_something(Method method) {
  return method != Method::get && method != Method::head && method != Method::options;
}

std::optional<std::string> host_name(std::string_view authority) {
  std::string_view host = authority, after;
  if (authority.starts_with('[')) {
    const auto end = authority.find(']');
    if (end == std::string_view::npos) return std::nullopt;
    host = authority.substr(1, end - 1);
    after = authority.substr(end + 1);
  } else if (const auto colon = authority.find(':'); colon != std::string_view::npos) {
    host = authority.substr(0, colon);
    after = authority.substr(colon);
  }
  if (!after.empty() && (after.front() != ':' || !is_port(after.substr(1)))) return std::nullopt;
  if (host.empty() || host.find_first_of("/@ \t,\\") != std::string_view::npos) return std::nullopt;
  if (host.ends_with('.')) host.remove_suffix(1);
  return lower(host);
}

bool host_allowed(std::string_view host_header, std::string_view local_address, const AccessRules& rules) {
  const auto host = host_name(host_header);
  if (!host) return false;
  return is_loopback_name(*host) || *host == lower(local_address) ||
         std::ranges::any_of(rules.hosts,
                             [&](const auto& name) { return equals_ignoring_case(name, *host); });
}

bool origin_allowed(const Request& request, const AccessRules& rules) {
  const auto origin = request.headers.value("Origin");
  if (std::ranges::find(rules.origins, origin) != rules.origins.end()) return true;
  if (request.headers.contains("Origin"))
    return !origin.empty() && equals_ignoring_case(without_scheme(origin), request.headers.value("Host"));
  const auto site = request.headers.value("Sec-Fetch-Site");
  return site.empty() || site == "same-origin" || site == "none";
}

std::optional<Response> refuse_stranger(const Request& request, bool is_upgrade, const AccessRules& rules) {
  if (request.headers.contains("Host") &&
      !host_allowed(request.headers.value("Host"), request.local_address, rules))
    return problem_response({"host_not_allowed",
                             "this server does not answer to that host name; add it to server.allowed_hosts",
                             {{"Host", "is not one of this server's names"}}});
  if ((is_upgrade || changes_something(request.method)) && !origin_allowed(request, rules))
    return problem_response({"foreign_origin",
                             "a page from elsewhere may not do this",
                             {{"Origin", "is not this server's own"}}});
  return std::nullopt;
}

}  // namespace doodled::http
