// An Error as JSON, in the shape that jobs and problem documents share: {code, message, errors: [{pointer,
// message}]}.
#pragma once
#include "core/base/json.hpp"

namespace doodled {

Json to_json(const Error& error);

}  // namespace doodled
