// The bytes of a message, which came through the socket or lie in memory that the daemon has sealed.
#pragma once
#include <utility>
#include <vector>

#include "core/base/ids.hpp"

namespace doodled::reader {

class ReceivedBytes {
 public:
  explicit ReceivedBytes(std::vector<std::uint8_t> bytes) : sent_(std::move(bytes)) {}
  // Maps `size` bytes of the sealed memory, whose descriptor stays the caller's. Throws std::runtime_error
  // when it has fewer.
  ReceivedBytes(int descriptor, std::size_t size);
  ReceivedBytes(ReceivedBytes&& other) noexcept
      : sent_(std::move(other.sent_)), mapped_(std::exchange(other.mapped_, Bytes())) {}
  ReceivedBytes& operator=(ReceivedBytes&&) = delete;
  ~ReceivedBytes();

  Bytes bytes() const { return mapped_.empty() ? Bytes(sent_) : mapped_; }

 private:
  std::vector<std::uint8_t> sent_;
  Bytes mapped_;
};

}  // namespace doodled::reader
