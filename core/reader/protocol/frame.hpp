// The envelope of every message between the daemon and its reader, either way, on a stream socket:
//   0  4  "DDR1"
//   4  4  length of the JSON text, big-endian
//   8  8  length of the bytes after it, big-endian
//  16     JSON text in UTF-8, then the bytes (a picture, a page of strokes, a reading)
// To the reader the bytes may come as sealed memory instead: its descriptor travels with the first byte
// (SCM_RIGHTS), and nothing follows the text.
// Neither side trusts the other's lengths: both are held to limits before anything is allocated.
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.hpp"

namespace doodled::reader {

inline constexpr std::size_t prefix_size = 16;

struct FrameSizes {
  std::uint32_t text = 0;
  std::uint64_t bytes = 0;
  bool operator==(const FrameSizes&) const = default;
};

struct FrameLimits {
  std::uint32_t text = 8 * 1024 * 1024;
  std::uint64_t bytes = 0;
};

struct Frame {
  std::string text;
  std::vector<std::uint8_t> bytes;
};

// Prefix and JSON text; the caller sends `byte_count` bytes after it.
std::string frame_head(std::string_view text, std::uint64_t byte_count);

// "bad_frame" when it does not begin as above or is over a limit.
Result<FrameSizes> parse_prefix(std::span<const std::uint8_t, prefix_size> prefix, const FrameLimits& limits);

}  // namespace doodled::reader
