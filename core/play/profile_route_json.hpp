// One parameter's way to a device as JSON, and what reading profiles has in common. Reading throws
// ErrorException (code "invalid_profile", pointers such as '/controllers/cutoff/range').
#pragma once
#include <string>

#include "core/base/json.hpp"
#include "core/base/result.hpp"
#include "core/music/parameters.hpp"
#include "core/play/parameter_route.hpp"

namespace doodled::profile_json {

Error wrong(const std::string& pointer, const std::string& message);
[[noreturn]] void unknown(const std::string& pointer);
int integer(const Json& value, const std::string& pointer, int lowest, int highest);
std::string text(const Json& value, const std::string& pointer);
const Json& object(const Json& value, const std::string& pointer);

ParameterRoute read_route(const Json& value, Parameter parameter, const std::string& pointer);
Json route_to_json(const ParameterRoute& route);

}  // namespace doodled::profile_json
