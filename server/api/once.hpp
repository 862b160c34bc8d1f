// What a request with an Idempotency-Key makes, it makes once.
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "server/api/services.hpp"
#include "server/http/message.hpp"

namespace doodled::api {

using MadeSessions = Result<std::vector<SessionRecord>>;

// The sessions that make() stores; where the same request came with the same key before, those of then, and
// make() is not called. `scope` names the call and what it is about. Errors: those of make(),
// 'idempotency_key_reused'.
MadeSessions made_once(Services& services, const http::Request& request, const std::string& scope,
                       const std::function<MadeSessions()>& make);

}  // namespace doodled::api
