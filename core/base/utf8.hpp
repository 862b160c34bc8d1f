#pragma once
#include <string>
#include <string_view>

namespace doodled {

// The whole of UTF-8 as Unicode defines it: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view text);

// Text of unknown origin as UTF-8 of at most `most` bytes without control characters: what is no UTF-8 is
// taken for Latin-1, as old programs write it.
std::string clean_text(std::string_view text, std::size_t most);

}  // namespace doodled
