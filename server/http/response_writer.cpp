#include "server/http/response_writer.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <ctime>
#include <optional>

#include "server/http/text.hpp"

namespace doodled::http {
namespace {

bool same_tag(std::string_view left, std::string_view right) {  // weak comparison
  if (left.starts_with("W/")) left.remove_prefix(2);
  if (right.starts_with("W/")) right.remove_prefix(2);
  return left == right;
}

bool is_unchanged(const Request& request, const Response& response) {
  const auto known = request.headers.value("If-None-Match");
  const auto tag = response.headers.value("ETag");
  if (known.empty() || tag.empty()) return false;
  return known == "*" || std::ranges::any_of(split_list(known), [&](auto one) { return same_tag(one, tag); });
}

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

// One range out of a body of `length` bytes: nothing where the header is to be ignored, an empty stretch
// where nothing of the body lies in it.
std::optional<Stretch> parse_range(std::string_view header, std::uint64_t length) {
  if (!header.starts_with("bytes=") || header.find(',') != std::string_view::npos) return std::nullopt;
  header.remove_prefix(6);
  const auto dash = header.find('-');
  if (dash == std::string_view::npos) return std::nullopt;
  const auto first = number(header.substr(0, dash)), last = number(header.substr(dash + 1));
  if (!first && (dash != 0 || !last)) return std::nullopt;
  if (!first) return Stretch{length - std::min(*last, length), std::min(*last, length)};
  if (!last && dash + 1 != header.size()) return std::nullopt;
  if (last && *last < *first) return std::nullopt;
  if (*first >= length) return Stretch{0, 0};
  return Stretch{*first, std::min(last.value_or(length - 1), length - 1) - *first + 1};
}

Stretch refuse_range(Response& response, std::uint64_t body_length) {
  auto problem = problem_response(
      416, {"bad_range", "nothing of the body lies in that range", {{"Range", "is outside"}}});
  problem.headers.set("Content-Range", "bytes */" + std::to_string(body_length));
  response = std::move(problem);
  return {0, std::get<std::string>(response.body).size()};
}

Stretch apply_range(std::string_view range, Response& response, std::uint64_t body_length) {
  const Stretch whole{0, body_length};
  response.headers.set("Accept-Ranges", "bytes");
  const auto stretch = parse_range(range, body_length);
  if (!stretch) return whole;
  if (stretch->length == 0) return refuse_range(response, body_length);
  response.status = 206;
  response.headers.set("Content-Range", "bytes " + std::to_string(stretch->offset) + "-" +
                                            std::to_string(stretch->offset + stretch->length - 1) + "/" +
                                            std::to_string(body_length));
  return *stretch;
}

// Whose value is our own.
void add_own_field(std::string& head, std::string_view name, std::string_view value) {
  head.append(name).append(": ").append(value).append("\r\n");
}

void add_field(std::string& head, std::string_view name, std::string_view value) {
  head.append(name).append(": ");
  const auto begin = static_cast<std::ptrdiff_t>(head.size());
  head.append(value);
  std::replace_if(
      head.begin() + begin, head.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; }, ' ');
  head.append("\r\n");
}

void add_unless_set(std::string& head, const Response& response, std::string_view name,
                    std::string_view value) {
  if (!response.headers.contains(name)) add_own_field(head, name, value);
}

// What no browser makes a page of.
bool is_data(std::string_view content_type) {
  return content_type == "application/json" || content_type == "application/problem+json";
}

}  // namespace

// Of every answer.
constexpr std::string_view security_fields =
    "X-Content-Type-Options: nosniff\r\n"
    "X-Frame-Options: DENY\r\n"
    "Referrer-Policy: no-referrer\r\n"
    "Cross-Origin-Resource-Policy: same-origin\r\n";

// Of what may be a page: what ours uses, for itself alone.
constexpr std::string_view permissions =
    "camera=(self), microphone=(), geolocation=(), payment=(), usb=(), midi=(self), autoplay=(self)";

constexpr std::string_view policy_of_data = "default-src 'none'; frame-ancestors 'none'";

const std::string_view default_content_security_policy =
    "default-src 'self'; img-src 'self' data: blob:; media-src 'self' blob:; worker-src 'self' blob:; "
    "object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

Stretch apply_conditions(const Request& request, Response& response, std::uint64_t body_length) {
  const bool is_read = request.method == Method::get || request.method == Method::head;
  if (!is_read || response.status != 200) return {0, body_length};
  if (is_unchanged(request, response)) {
    response.status = 304;
    response.body = std::string{};
    return {0, 0};
  }
  const auto condition = request.headers.value("If-Range");
  if (request.method == Method::head || !request.headers.contains("Range") ||
      (!condition.empty() && condition != response.headers.value("ETag")))
    return {0, body_length};
  return apply_range(request.headers.value("Range"), response, body_length);
}

std::string head_bytes(const Response& response, std::uint64_t content_length, const HeadContext& context) {
  const bool data = is_data(response.content_type);
  std::string head;
  head.reserve(1000);  // what is larger does not come from the allocator's cache of the thread
  head.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ");
  head.append(reason_phrase(response.status)).append("\r\n");
  add_own_field(head, "Date", context.date);
  if (!response.content_type.empty()) add_field(head, "Content-Type", response.content_type);
  if (response.status != 204 && response.status != 304 && response.status != 101)
    add_own_field(head, "Content-Length", std::to_string(content_length));
  for (const auto& [name, value] : response.headers.fields()) add_field(head, name, value);
  add_unless_set(head, response, "Cache-Control", "no-cache");
  add_unless_set(head, response, "Content-Security-Policy",
                 data ? policy_of_data : context.content_security_policy);
  head.append(security_fields);
  if (!data) add_own_field(head, "Permissions-Policy", permissions);
  if (context.encrypted) add_own_field(head, "Cross-Origin-Opener-Policy", "same-origin");
  if (!context.strict_transport_security.empty())
    add_own_field(head, "Strict-Transport-Security", context.strict_transport_security);
  add_own_field(head, "X-Request-Id", context.request_id);
  if (response.status != 101) add_own_field(head, "Connection", context.keep_alive ? "keep-alive" : "close");
  return head.append("\r\n");
}

std::string to_http_date(std::int64_t wall_ms) {
  constexpr std::array days = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  constexpr std::array months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                 "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::time_t seconds = wall_ms / 1000;
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  std::array<char, 64> text{};
  std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT", days[utc.tm_wday],
                utc.tm_mday, months[utc.tm_mon], utc.tm_year + 1900, utc.tm_hour, utc.tm_min, utc.tm_sec);
  return text.data();
}

}  // namespace doodled::http
