#include "server/gate/credentials.hpp"

#include <algorithm>
#include <array>

#include "server/http/text.hpp"

namespace doodled {
namespace {

constexpr std::string_view cookie_name = "doodled";
constexpr std::string_view kept_for = "34560000";  // seconds: 400 days, the most that browsers keep

std::string cookie(std::string_view value, std::string_view max_age, bool encrypted) {
  std::string text(cookie_name);
  text.append("=").append(value).append("; Path=/; Max-Age=").append(max_age);
  text.append("; HttpOnly; SameSite=Strict");
  if (encrypted) text.append("; Secure");
  return text;
}

}  // namespace

std::optional<std::string_view> bearer_secret(const http::Request& request) {
  constexpr std::string_view scheme = "Bearer ";
  const auto header = request.headers.value("Authorization");
  if (header.empty()) return std::nullopt;
  if (!http::equals_ignoring_case(header.substr(0, scheme.size()), scheme)) return std::string_view{};
  return http::trim(header.substr(scheme.size()));
}

std::optional<std::string_view> cookie_secret(const http::Request& request) {
  for (const auto pair : http::split_list(request.headers.value("Cookie"), ';'))
    if (pair.starts_with(cookie_name) && pair.substr(cookie_name.size()).starts_with('='))
      return pair.substr(cookie_name.size() + 1);
  return std::nullopt;
}

std::string cookie_with(std::string_view secret, bool encrypted) {
  return cookie(secret, kept_for, encrypted);
}

std::string cookie_cleared(bool encrypted) { return cookie({}, "0", encrypted); }

bool is_forwarded(const http::Request& request) {
  constexpr std::array<std::string_view, 4> names = {"Forwarded", "X-Forwarded-For", "X-Real-IP", "Via"};
  return std::ranges::any_of(names, [&](auto name) { return request.headers.contains(name); });
}

}  // namespace doodled
