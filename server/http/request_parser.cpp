#include "server/http/request_parser.hpp"

#include <algorithm>
#include <array>

#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>

#include "server/http/text.hpp"

namespace doodled::http {
namespace {

namespace beast_http = boost::beast::http;
using beast_http::error;
using boost::beast::error_code;

constexpr std::size_t most_fields = 100;

Method to_method(beast_http::verb verb) {
  switch (verb) {
    case beast_http::verb::get:
      return Method::get;
    case beast_http::verb::head:
      return Method::head;
    case beast_http::verb::post:
      return Method::post;
    case beast_http::verb::put:
      return Method::put;
    case beast_http::verb::patch:
      return Method::patch;
    case beast_http::verb::delete_:
      return Method::del;
    case beast_http::verb::options:
      return Method::options;
    default:
      return Method::other;
  }
}

ParseFailure failure(int status, std::string code, std::string message) {
  return {status, Error{std::move(code), std::move(message)}};
}

ParseFailure to_failure(const error_code& problem) {
  if (problem == error::header_limit || problem == error::buffer_overflow)
    return failure(431, "header_too_large", "the request line and header fields are too long or too many");
  if (problem == error::body_limit) return failure(413, "too_large", "the body is larger than this takes");
  if (problem == error::bad_version)
    return failure(505, "bad_request", "only HTTP/1.0 and HTTP/1.1 are spoken here");
  return failure(400, "bad_request", "the request is not well-formed: " + problem.message());
}

// obs-fold (RFC 9112, 5.2) and bare line feeds make two readers see two different headers.
bool has_ambiguous_lines(std::string_view header) {
  for (auto at = header.find('\n'); at != std::string_view::npos; at = header.find('\n', at + 1)) {
    if (at == 0 || header[at - 1] != '\r') return true;
    if (at + 1 < header.size() && (header[at + 1] == ' ' || header[at + 1] == '\t')) return true;
  }
  return false;
}

// Of a target in absolute form, which then begins behind it; empty where it is none. What it names counts,
// not the Host field (RFC 9112, 3.2.2).
std::string take_authority(std::string_view& target) {
  for (const std::string_view scheme : {"http://", "https://"})
    if (equals_ignoring_case(target.substr(0, scheme.size()), scheme)) {
      const auto end = std::min(target.find_first_of("/?", scheme.size()), target.size());
      std::string authority(target.substr(scheme.size(), end - scheme.size()));
      if (!authority.empty()) target.remove_prefix(end);
      return authority;
    }
  return {};
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Whether the request line ends with a version of HTTP that is not spoken here (RFC 9112, 2.3).
bool names_other_version(std::string_view bytes) {
  const auto line = bytes.substr(0, bytes.find("\r\n"));
  const auto version = line.substr(line.rfind(' ') + 1);
  return version.size() == 8 && version.starts_with("HTTP/") && is_digit(version[5]) && version[6] == '.' &&
         is_digit(version[7]) && version != "HTTP/1.0" && version != "HTTP/1.1";
}

bool only_digits(std::string_view text) { return !text.empty() && std::ranges::all_of(text, is_digit); }

}  // namespace

class RequestParser::Machine final : public beast_http::basic_parser<true> {
 public:
  Request request;
  Framing framing;
  std::string target;
  std::size_t max_body = 0;  // bytes; what chunks hold together is no more

  // What the fields mean together; called once when all are there.
  std::optional<ParseFailure> settle();

 private:
  void on_request_impl(beast_http::verb verb, boost::beast::string_view,
                       boost::beast::string_view sent_target, int version, error_code& problem) override {
    if (version != 10 && version != 11) problem = error::bad_version;
    request.method = to_method(verb);
    target.assign(sent_target.data(), sent_target.size());
    framing.http_1_0 = version == 10;
  }
  void on_field_impl(beast_http::field, boost::beast::string_view name, boost::beast::string_view value,
                     error_code& problem) override {
    if (is_header_done()) return;
    if (request.headers.fields().size() == most_fields) problem = error::header_limit;
    request.headers.add(std::string(name), std::string(value));
  }
  void on_header_impl(error_code&) override {}
  void on_body_init_impl(const boost::optional<std::uint64_t>&, error_code&) override {}
  std::size_t on_body_impl(boost::beast::string_view data, error_code&) override { return data.size(); }
  void on_chunk_header_impl(std::uint64_t size, boost::beast::string_view, error_code& problem) override {
    if (size > max_body - request.body.size()) problem = error::body_limit;
  }
  std::size_t on_chunk_body_impl(std::uint64_t, boost::beast::string_view data, error_code&) override {
    request.body.append(data.data(), data.size());
    return data.size();
  }
  void on_finish_impl(error_code&) override {}
  void on_response_impl(int, boost::beast::string_view, int, error_code&) override {}

  std::optional<ParseFailure> settle_length();
  std::optional<ParseFailure> settle_target();
};

std::optional<ParseFailure> RequestParser::Machine::settle_length() {
  const auto& headers = request.headers;
  const int lengths = headers.count("Content-Length"), codings = headers.count("Transfer-Encoding");
  if (lengths > 1 || codings > 1 || (lengths && codings))
    return failure(400, "bad_request", "the length of the body is said more than once");
  if (lengths && !only_digits(headers.value("Content-Length")))
    return failure(400, "bad_request", "Content-Length is not a number");
  if (codings && (framing.http_1_0 || !equals_ignoring_case(headers.value("Transfer-Encoding"), "chunked")))
    return failure(framing.http_1_0 ? 400 : 501, "bad_request",
                   "the only transfer coding spoken here is chunked");
  framing.chunked = codings == 1;
  if (const auto length = content_length()) framing.content_length = *length;
  return std::nullopt;
}

std::optional<ParseFailure> RequestParser::Machine::settle_target() {
  std::string_view path = target;
  if (path == "*" && request.method == Method::options) path = "/";
  if (const auto authority = take_authority(path); !authority.empty()) {
    request.headers.set("Host", authority);
    if (!path.starts_with('/')) path = target = "/" + std::string(path);
  }
  if (!path.starts_with('/')) return failure(400, "bad_request", "the request target is not a path");
  const auto mark = std::min(path.find('?'), path.size());
  request.path = path.substr(0, mark);
  auto query = parse_query(path.substr(std::min(mark + 1, path.size())));
  if (!query) return failure(400, "bad_query", "the query's percent-encoding is malformed");
  request.query = std::move(*query);
  return std::nullopt;
}

std::optional<ParseFailure> RequestParser::Machine::settle() {
  const int hosts = request.headers.count("Host");
  if (hosts > 1 || (hosts == 0 && !framing.http_1_0))
    return failure(400, "bad_request", "there must be exactly one Host header");
  if (auto problem = settle_length()) return problem;
  framing.keep_alive = keep_alive();
  framing.upgrade = upgrade();
  framing.expects_continue =
      !framing.http_1_0 && equals_ignoring_case(request.headers.value("Expect"), "100-continue");
  if (request.headers.contains("Expect") && !framing.expects_continue && !framing.http_1_0)
    return failure(417, "expectation_failed", "the only expectation met here is 100-continue");
  return settle_target();
}

RequestParser::RequestParser(std::size_t max_header)
    : machine_(std::make_unique<Machine>()), max_header_(max_header) {
  machine_->header_limit(static_cast<std::uint32_t>(max_header));
  machine_->body_limit(boost::none);
}
RequestParser::~RequestParser() = default;

boost::system::result<std::size_t, ParseFailure> RequestParser::header(std::string_view bytes) {
  // What does not begin like a method, a TLS greeting for one, is not waited for.
  if (!bytes.empty() && (bytes[0] < 'A' || bytes[0] > 'z'))
    return failure(400, "bad_request", "this is not an HTTP request");
  const auto end = bytes.find("\r\n\r\n");
  if (std::min(end, bytes.size()) > max_header_) return to_failure(error::header_limit);
  if (has_ambiguous_lines(bytes.substr(0, end)))
    return failure(400, "bad_request", "a header line does not end as it must");
  if (end == std::string_view::npos) return std::size_t{0};
  error_code problem;
  std::size_t used = 0;
  // The request line and the fields may be taken in two steps.
  while (!machine_->is_header_done()) {
    used += machine_->put(boost::asio::const_buffer(bytes.data() + used, bytes.size() - used), problem);
    if (problem == error::bad_version && !names_other_version(bytes)) problem = error::bad_target;
    if (problem) return to_failure(problem);
  }
  if (auto unfit = machine_->settle()) return std::move(*unfit);
  return used;
}

boost::system::result<std::size_t, ParseFailure> RequestParser::chunks(std::string_view bytes,
                                                                       std::size_t max_body) {
  error_code problem;
  std::size_t used = 0;
  machine_->max_body = max_body;
  while (used < bytes.size() && !body_done()) {
    used += machine_->put(boost::asio::const_buffer(bytes.data() + used, bytes.size() - used), problem);
    if (problem == error::need_more) break;
    if (problem) return to_failure(problem);
  }
  // Chunk sizes, extensions and trailers are short; a peer that never ends one of them is not waited for.
  if (bytes.size() - used > max_header_ && !body_done()) return to_failure(error::header_limit);
  return used;
}

bool RequestParser::body_done() const { return machine_->is_done(); }
Request& RequestParser::request() { return machine_->request; }
const Request& RequestParser::request() const { return machine_->request; }
const Framing& RequestParser::framing() const { return machine_->framing; }

void throw_exception_from_error(const ParseFailure& failed, const boost::source_location&) {
  throw ErrorException(failed.error);
}

}  // namespace doodled::http
