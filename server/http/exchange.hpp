// What one request keeps while it is read and answered.
#pragma once
#include <optional>
#include <string_view>

#include "server/http/connection.hpp"

namespace doodled::http {

// Of a body, read or written at once.
inline constexpr std::size_t piece = std::size_t{256} << 10;

struct Connection::Exchange {
  explicit Exchange(Service& for_service) : service(for_service), parser(for_service.options.max_header) {}
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;
  ~Exchange() { service.common->body_bytes -= reserved; }

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

}  // namespace doodled::http
