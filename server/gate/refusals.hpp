// What who may not is told, so that they can mend it.
#pragma once
#include <chrono>
#include <string_view>

#include "server/http/message.hpp"

namespace doodled {

// 401, with the way to be let in: {..., "pairing": {"claim", "page", "command"}}. Clears a cookie that opens
// nothing.
http::Response pairing_required(const http::Request& request);
http::Response scope_too_small(Scope held, Scope needed);
// 429 with Retry-After.
http::Response too_many_requests(std::chrono::seconds wait);
// A browser is led to https (308); others are told (426).
http::Response use_tls(const http::Request& request);

// A loopback address.
bool is_this_machine(std::string_view address);

}  // namespace doodled
