// Numbers and texts as bytes, one behind the other, little-endian: for what is too large to travel as JSON.
#pragma once
#include <concepts>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/ids.hpp"

namespace doodled::reader {

class ByteWriter {
 public:
  template <std::unsigned_integral Number>
  void put(Number number) {
    for (std::size_t i = 0; i < sizeof number; ++i)
      bytes_.push_back(static_cast<std::uint8_t>(number >> 8 * i));
  }
  void put(std::string_view text) {
    put(static_cast<std::uint32_t>(text.size()));
    bytes_.insert(bytes_.end(), text.begin(), text.end());
  }
  std::vector<std::uint8_t> take() { return std::move(bytes_); }

 private:
  std::vector<std::uint8_t> bytes_;
};

// Trusts nothing: once something is missing or was refused, everything else is zero and empty.
class ByteReader {
 public:
  explicit ByteReader(Bytes bytes) : rest_(bytes) {}

  template <std::unsigned_integral Number>
  Number take() {
    Number number = 0;
    const Bytes bytes = next(sizeof number);
    for (std::size_t i = 0; i < bytes.size(); ++i)
      number = static_cast<Number>(number | static_cast<Number>(static_cast<Number>(bytes[i]) << 8 * i));
    return number;
  }
  std::string text(std::size_t longest) {
    const Bytes bytes = next(count(longest));
    return {bytes.begin(), bytes.end()};
  }
  // Of what follows.
  std::size_t count(std::size_t most) {
    const auto number = take<std::uint32_t>();
    if (number > most) refuse();
    return sound_ ? number : 0;
  }

  void refuse() { sound_ = false, rest_ = {}; }
  bool sound() const { return sound_; }
  bool at_end() const { return rest_.empty(); }

 private:
  Bytes next(std::size_t size) {
    if (size > rest_.size()) refuse();
    if (!sound_) return {};
    const Bytes taken = rest_.first(size);
    rest_ = rest_.subspan(size);
    return taken;
  }

  Bytes rest_;
  bool sound_ = true;
};

}  // namespace doodled::reader
