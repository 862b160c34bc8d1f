// What is asked for to be read by people: ?format=text.
#pragma once
#include "server/http/message.hpp"

namespace doodled::api {

// Error: 'bad_query'.
inline Result<bool> wants_text(const http::Request& request) {
  const auto format = request.query_value("format").value_or("json");
  if (format == "text" || format == "json") return format == "text";
  return Error{"bad_query", "the query can't be used", {{"format", "must be text or json"}}};
}

}  // namespace doodled::api
