#pragma once
#include "core/store/page.hpp"
#include "server/http/message.hpp"

namespace doodled::api {

// `limit` and `cursor` of a list. Code: bad_query.
inline Result<PageRequest> page_request_of(const http::Request& request) {
  const auto limit = http::query_number(request, "limit", 50, 1, 500);
  if (!limit) return limit.error();
  return PageRequest{static_cast<int>(*limit), std::string(request.query_value("cursor").value_or(""))};
}

}  // namespace doodled::api
