#include "drivers/max/crc32.hpp"

#include <boost/crc.hpp>

namespace doodled::max_link {
namespace {

std::uint8_t byte_of(std::int32_t word, int index) {
  return static_cast<std::uint8_t>(static_cast<std::uint32_t>(word) >> (24 - 8 * index));
}

}  // namespace

std::int32_t crc32(Bytes data) {
  boost::crc_32_type crc;
  crc.process_bytes(data.data(), data.size());
  return static_cast<std::int32_t>(crc.checksum());
}

std::int32_t crc32(std::span<const std::int32_t> words) {
  boost::crc_32_type crc;
  for (const auto word : words)
    for (int i = 0; i < 4; ++i) crc.process_byte(byte_of(word, i));
  return static_cast<std::int32_t>(crc.checksum());
}

std::vector<std::int32_t> to_words(std::string_view text) {
  std::vector<std::int32_t> words((text.size() + 3) / 4);
  for (std::size_t i = 0; i < text.size(); ++i)
    words[i / 4] |= static_cast<std::int32_t>(static_cast<std::uint32_t>(static_cast<std::uint8_t>(text[i]))
                                              << (24 - 8 * (i % 4)));
  return words;
}

}  // namespace doodled::max_link
