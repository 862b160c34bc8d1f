// CRC-32 as zlib and Ethernet have it, as OSC carries it: a signed 32-bit integer.
#pragma once
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "core/base/ids.hpp"

namespace doodled::max_link {

std::int32_t crc32(Bytes data);
// Of whole words, most significant byte first.
std::int32_t crc32(std::span<const std::int32_t> words);
// Bytes as words, most significant byte first, the last one filled with zeros.
std::vector<std::int32_t> to_words(std::string_view text);

}  // namespace doodled::max_link
