// A small bitmap font of our own for the display: printable ASCII, and letters with accents as their plain
// ones.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace doodled::push {

inline constexpr int glyph_width = 5, glyph_height = 7, glyph_advance = 6;

// Bit row * 5 + column is a pixel, row 0 at the top. A letter that is not there is a filled box.
std::uint64_t glyph_of(char32_t letter);

// UTF-8 as letters; what is no UTF-8 becomes U+FFFD.
std::u32string letters_of(std::string_view text);

}  // namespace doodled::push
