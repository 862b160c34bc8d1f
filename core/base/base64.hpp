#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "core/base/ids.hpp"

namespace doodled {

// RFC 4648, section 4, with padding.
std::string base64(Bytes data);
// The bytes, or nothing where it is anything else, line breaks and missing padding included.
std::optional<std::string> from_base64(std::string_view text);

}  // namespace doodled
