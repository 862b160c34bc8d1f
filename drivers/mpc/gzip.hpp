// gzip (RFC 1952) as whole texts. The only door to zlib.
#pragma once
#include <cstddef>
#include <string>
#include <string_view>

#include "core/base/result.hpp"

namespace doodled::mpc {

// Codes: not_gzip, too_large (more than `most` bytes come out).
Result<std::string> gunzip(std::string_view packed, std::size_t most);
// The same bytes for the same text: no time, no name.
std::string gzip(std::string_view text);

}  // namespace doodled::mpc
