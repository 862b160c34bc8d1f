// A system exclusive message with places for a value, written as text. Pure.
//
//   "F0 41 10 42 12 ( 40 01 33 {value} ) {checksum} F7" with checksum "roland"
//
// Bytes are two hexadecimal digits. Places: {value} (7 bits), {msb} {lsb} (14 bits), {high} {low} (a byte as
// two halves of 4 bits), {channel} (0..15; 1{channel}: 10 to 1F), {checksum} over what stands between ( and
// ).
#pragma once
#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.hpp"
#include "core/base/result.hpp"

namespace doodled {

enum class Checksum : std::uint8_t {
  none,
  roland,  // makes the sum of the bytes a multiple of 128
  sum,     // the lower 7 bits of the sum
  exclusive_or
};

class SysexTemplate {
 public:
  static constexpr std::size_t longest = 64;

  // The Error's message says what is wrong with the text (code "invalid_profile", no pointer).
  static Result<SysexTemplate> parse(std::string_view text, Checksum checksum);
  // The message with its places filled, in `place`. `value` 0..16383, `channel` 0..15.
  Bytes fill(int value, int channel, std::array<std::uint8_t, longest>& place) const noexcept;
  // The highest value that the places can hold: 127, 255 or 16383.
  int most() const noexcept;
  std::size_t size() const noexcept { return tokens_.size(); }  // of the message, in bytes
  const std::string& text() const noexcept { return text_; }
  Checksum checksum() const noexcept { return checksum_; }

 private:
  enum class Part : std::uint8_t { byte, value, msb, lsb, high, low, channel, checksum };
  struct Token {
    Part part = Part::byte;
    std::uint8_t byte = 0;
  };
  Result<void> read(std::string_view text);
  Result<void> add(std::string_view word);
  Result<void> check() const;
  std::uint8_t sum(std::span<const std::uint8_t> bytes) const noexcept;

  std::string text_;
  Checksum checksum_ = Checksum::none;
  std::vector<Token> tokens_;
  std::size_t sum_begin_ = 0, sum_end_ = 0;
};

std::string_view to_string(Checksum checksum);

}  // namespace doodled
