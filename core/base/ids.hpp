// Names for things: random, sortable ids, and SHA-256.
#pragma once
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace doodled {

using Bytes = std::span<const std::uint8_t>;

// A ULID in lower case (26 characters, Crockford base 32: 48 bits of milliseconds, 80 random bits), so ids
// sort by the time they were made. Thread-safe.
std::string new_id(std::int64_t wall_ms);
bool is_id(std::string_view text);

// 64 hexadecimal digits in lower case.
std::string sha256_hex(Bytes data);
std::string sha256_hex(std::string_view text);
bool is_sha256(std::string_view text);

std::string to_hex(Bytes data);
inline Bytes as_bytes(std::string_view text) {
  return {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()};
}

}  // namespace doodled
