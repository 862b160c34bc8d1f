// Bytes of one HTTP/1.1 request to a Request, strictly (RFC 9112). Pure; safe on any bytes.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "server/http/message.hpp"

namespace doodled::http {

// What the header said, beside the Request's own members.
struct Framing {
  std::optional<std::uint64_t> content_length;
  bool chunked = false;
  bool keep_alive = true;
  bool http_1_0 = false;
  bool expects_continue = false;
  bool upgrade = false;

  bool has_body() const { return chunked || content_length.value_or(0) > 0; }
};

// A request that cannot be read: the connection ends after the answer.
struct ParseFailure {
  ParseFailure() = default;
  ParseFailure(int with_status, Error why) : status(with_status), error(std::move(why)) {}

  int status = 400;
  Error error;
};

class RequestParser {
 public:
  explicit RequestParser(std::size_t max_header);
  ~RequestParser();

  // `bytes` is everything unread so far. The number of bytes that the header took, or 0 when it is not all
  // there; then call again with more appended. After success head() and framing() are complete.
  boost::system::result<std::size_t, ParseFailure> header(std::string_view bytes);

  // After the header of a chunked request: appends what the chunks hold to request().body. The number of
  // bytes used; call again with the rest and more until body_done(). A body longer than `max_body` is a 413.
  boost::system::result<std::size_t, ParseFailure> chunks(std::string_view bytes, std::size_t max_body);
  bool body_done() const;

  Request& request();
  const Request& request() const;
  const Framing& framing() const;

 private:
  class Machine;
  std::unique_ptr<Machine> machine_;
  std::size_t max_header_;
};

[[noreturn]] void throw_exception_from_error(const ParseFailure& failure, const boost::source_location&);

}  // namespace doodled::http
