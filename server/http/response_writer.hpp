// A Response as bytes, and what HTTP asks of every answer: conditions, ranges, lengths, security headers.
// Pure.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

#include "server/http/message.hpp"

namespace doodled::http {

extern const std::string_view default_content_security_policy;

// The stretch of the body that is sent.
struct Stretch {
  std::uint64_t offset = 0;
  std::uint64_t length = 0;
};

// Answers If-None-Match with 304 and one byte range with 206 or 416 where a GET has a 200 (RFC 9110, 13 and
// 14). `body_length` is that of the whole body; the result is what is to be sent of it.
Stretch apply_conditions(const Request& request, Response& response, std::uint64_t body_length);

struct HeadContext {
  std::string_view request_id;
  std::string_view date;                     // IMF-fixdate
  std::string_view content_security_policy;  // of what may be a page; data has the strictest
  bool keep_alive;
  bool encrypted = false;                           // browsers complain of some headers in clear text
  std::string_view strict_transport_security = {};  // empty: none
};

// Status line and header fields, the empty line included. A line break in a value becomes a space.
std::string head_bytes(const Response& response, std::uint64_t content_length, const HeadContext& context);

// "Sun, 06 Nov 1994 08:49:37 GMT"
std::string to_http_date(std::int64_t wall_ms);

}  // namespace doodled::http
