// What a handler is given and what it gives back. No library type of the server side shows here.
#pragma once
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "core/access/scope.hpp"
#include "core/base/bell.hpp"
#include "core/base/ids.hpp"
#include "core/base/json.hpp"
#include "core/base/result.hpp"

namespace doodled::http {

// `other` is a method that HTTP allows and this server does not know.
enum class Method { get, head, post, put, patch, del, options, other };

std::string_view method_name(Method method);

bool equals_ignoring_case(std::string_view left, std::string_view right);

// Names keep the case they came with and are compared without it.
class Headers {
 public:
  using Field = std::pair<std::string, std::string>;

  void add(std::string name, std::string value) { fields_.emplace_back(std::move(name), std::move(value)); }
  // Replaces every field of that name.
  void set(std::string_view name, std::string value);
  bool contains(std::string_view name) const { return find(name) != nullptr; }
  int count(std::string_view name) const;
  // The first of that name, empty when there is none.
  std::string_view value(std::string_view name) const;
  const std::vector<Field>& fields() const { return fields_; }

 private:
  const Field* find(std::string_view name) const;

  std::vector<Field> fields_;
};

using Fields = std::vector<std::pair<std::string, std::string>>;

// Who asks, as the gate found it.
struct Principal {
  enum class Kind : std::uint8_t { stranger, trusted, device, tool, console };

  Kind kind = Kind::stranger;
  Scope scope = Scope::none;
  std::string id = {};    // of the token; empty without one
  std::string name = {};  // of the token
  bool by_cookie = false;
};

struct Request {
  Method method = Method::get;
  std::string path;   // as sent, still percent-encoded, without the query: for logs
  Fields parameters;  // what the route's {names} stand for, decoded
  Fields query;       // decoded, in the order sent
  Headers headers;
  std::string body;
  std::string remote_address, local_address;  // IP literals: of the client, and where it came in
  std::string id;                             // also in the log and in the answer's X-Request-Id
  bool encrypted = false;                     // came through TLS
  Nanoseconds begun{}, received{};            // when the first byte came, and the last; on Clock::now()
  Principal client;

  // A name that the route's pattern holds; throws std::out_of_range for any other.
  std::string_view parameter(std::string_view name) const;
  std::optional<std::string_view> query_value(std::string_view name) const;
  Bytes body_bytes() const { return as_bytes(body); }
};

using SharedBytes = std::shared_ptr<const std::string>;

struct FileBody {
  std::filesystem::path path;
};

struct Response {
  int status = 200;
  Headers headers;  // Content-Type and Content-Length are added from what follows
  std::string content_type;
  std::variant<std::string, SharedBytes, FileBody> body;
};

// The body, where it is in memory; empty for a file.
std::string_view bytes_of(const Response& response);

Response json_response(const Json& value, int status = 200);
Response text_response(std::string text, std::string content_type = "text/plain; charset=utf-8",
                       int status = 200);
// Bytes kept ready elsewhere; they are sent without a copy.
Response shared_response(SharedBytes bytes, std::string content_type);
// Read while it is sent. A file that is not there becomes a 404.
Response file_response(std::filesystem::path path, std::string content_type);
Response no_content();
// 201 or 202 with `Location`.
Response located_response(const Json& value, int status, std::string location);

// RFC 9457: {type, title, status, detail, code, errors: [{pointer, message}]} as application/problem+json.
// The status comes from a table of codes; 422 for a code that is not in it.
Response problem_response(const Error& error);
Response problem_response(int status, const Error& error);
int status_of(std::string_view code);
std::string_view reason_phrase(int status);

// The body as JSON. Codes: unsupported_media_type, malformed_json.
Result<Json> json_body(const Request& request);
// A whole number from the query; `fallback` when the name is absent. Code: bad_query, with the name as
// pointer.
Result<std::int64_t> query_number(const Request& request, std::string_view name, std::int64_t fallback,
                                  std::int64_t smallest, std::int64_t largest);
// "true", "1" or an empty value; "false" or "0". Code: bad_query.
Result<bool> query_flag(const Request& request, std::string_view name, bool fallback);

}  // namespace doodled::http
