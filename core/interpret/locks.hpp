// The option `locks`: what a reading must leave as it is, in the musician's words.
#pragma once
#include <string>
#include <vector>

#include "core/base/json.hpp"

namespace doodled {

// Taken out of a job's options, which are left to whoever reads the rest. At most 32 texts of at most 200
// characters; Error 'invalid_option' with the pointer of what is not.
Result<std::vector<std::string>> take_locks(Json& options);

}  // namespace doodled
