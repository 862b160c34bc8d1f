// What one request keeps while it is read and answered.
#pragma once
#include <optional>
#include <string_view>

#include "server/http/connection.hpp"
#include "server/http/response_writer.hpp"

namespace doodled::http {

// Of a body, read or written at once.
inline constexpr std::size_t piece = std::size_t{256} << 10;

struct Connection::Exchange {
  explicit Exchange(Service& for_service) : service(for_service), parser(for_service.options.max_header) {}
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;
  // The count is shared by all threads; most exchanges have none of it.
  ~Exchange() {
    if (reserved > 0) service.common->body_bytes -= reserved;
  }

  Request& request() { return parser.request(); }
  const Request& request() const { return parser.request(); }
  const Framing& framing() const { return parser.framing(); }

  Service& service;
  RequestParser parser;
  Nanoseconds started{};
  std::string_view pattern;
  bool keep_alive = false;
  std::size_t reserved = 0;  // of Common::body_bytes
};

struct Connection::Answer {
  Response response;
  std::optional<FileReader> file = std::nullopt;
};

struct Connection::Reply {
  explicit Reply(Answer made) : answer(std::move(made)) {}
  Reply(const Reply&) = delete;
  Reply& operator=(const Reply&) = delete;

  Answer answer;
  Stretch stretch;  // of the body
  bool silent = false, from_file = false;
  std::string head;
  std::string_view head_left, body_left;  // of `head` and of the answer's body, where that is in memory
};

}  // namespace doodled::http
