#pragma once
#include <string>

#include "core/base/ids.hpp"

namespace doodled {

// RFC 4648, section 4, with padding.
std::string base64(Bytes data);

}  // namespace doodled
