#include "core/reader/protocol/frame.hpp"

#include <algorithm>

namespace doodled::reader {
namespace {

constexpr std::string_view magic = "DDR1";

void append(std::string& out, std::uint64_t value, int bytes) {
  for (int shift = (bytes - 1) * 8; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xff);
}

std::uint64_t number(std::span<const std::uint8_t> bytes) {
  std::uint64_t value = 0;
  for (const std::uint8_t byte : bytes) value = value << 8 | byte;
  return value;
}

}  // namespace

std::string frame_head(std::string_view text, std::uint64_t byte_count) {
  std::string head(magic);
  append(head, text.size(), 4);
  append(head, byte_count, 8);
  head += text;
  return head;
}

Result<FrameSizes> parse_prefix(std::span<const std::uint8_t, prefix_size> prefix,
                                const FrameLimits& limits) {
  if (!std::equal(magic.begin(), magic.end(), prefix.begin()))
    return Error{"bad_frame", "The message does not begin as one should."};
  const FrameSizes sizes{static_cast<std::uint32_t>(number(prefix.subspan(4, 4))),
                         number(prefix.subspan(8, 8))};
  if (sizes.text > limits.text || sizes.bytes > limits.bytes)
    return Error{"bad_frame", "The message is longer than allowed."};
  return sizes;
}

}  // namespace doodled::reader
