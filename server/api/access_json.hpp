// What access.cpp and pairing.cpp say and read alike.
#pragma once
#include <string>

#include <nlohmann/json.hpp>

#include "server/api/services.hpp"
#include "server/http/message.hpp"

namespace doodled::api {

inline constexpr std::size_t largest_wish = 4096;  // bytes of a body here

// {id, name, kind, scope, created_at, last_used_at, last_address, current}
Json token_json(const Token& token, const http::Principal& asker);

// The body as a JSON object, an empty one where there is none. Codes: those of json_body().
Result<Json> wish_of(const http::Request& request);
// A text member of the wish; `fallback` where it is absent. Code: invalid_<name>, with the pointer.
Result<Json> text_member(const Json& wish, const std::string& name, const char* fallback);
// Nobody gives more than they have. Codes: invalid_scope, scope_too_small.
Result<Scope> scope_wished(const Json& wish, const char* fallback, const http::Principal& asker);

// Pages that show who is let in look again.
void tell_changed(Services& services);

}  // namespace doodled::api
