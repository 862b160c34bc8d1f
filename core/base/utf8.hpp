#pragma once
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace doodled {

// The whole of UTF-8 as Unicode defines it: no overlong forms, no surrogates, nothing above U+10FFFF.
bool is_utf8(std::string_view text);

// Of text that goes on: how many bytes its whole characters take. What follows them may be the beginning of
// one more; nothing where it can't be, however it goes on.
std::optional<std::size_t> whole_utf8(std::string_view text);

// Text of unknown origin as UTF-8 of at most `most` bytes without control characters: what is no UTF-8 is
// taken for Latin-1, as old programs write it.
std::string clean_text(std::string_view text, std::size_t most);

}  // namespace doodled
