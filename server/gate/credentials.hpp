// Where a client's secret stands in a request, and how a browser is given one to keep.
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "server/http/message.hpp"

namespace doodled {

// Of `Authorization: Bearer ...` (RFC 6750, 2.1); empty text where another scheme is used.
std::optional<std::string_view> bearer_secret(const http::Request& request);
// Of our cookie.
std::optional<std::string_view> cookie_secret(const http::Request& request);

// Values for Set-Cookie (RFC 6265bis): HttpOnly, SameSite=Strict, and Secure where it came through TLS.
std::string cookie_with(std::string_view secret, bool encrypted);
std::string cookie_cleared(bool encrypted);

// Whether a proxy says that it speaks for somebody else.
bool is_forwarded(const http::Request& request);

}  // namespace doodled
