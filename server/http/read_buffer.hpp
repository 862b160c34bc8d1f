// Bytes that were received and not yet used.
#pragma once
#include <cstring>
#include <memory>
#include <span>
#include <string_view>

namespace doodled::http {

class ReadBuffer {
 public:
  std::string_view view() const { return {bytes_.get() + begin_, end_ - begin_}; }
  bool empty() const { return begin_ == end_; }
  std::size_t size() const { return end_ - begin_; }

  void consume(std::size_t count) {
    begin_ += count;
    if (begin_ == end_) begin_ = end_ = 0;
  }

  // Room for at least one more byte, more as more is unread: small for an idle connection, large for a busy
  // one.
  std::span<char> room() {
    if (begin_ > 0 && end_ == capacity_) slide();
    if (end_ == capacity_) grow();
    return {bytes_.get() + end_, capacity_ - end_};
  }
  void received(std::size_t count) { end_ += count; }

 private:
  void slide() {
    std::memmove(bytes_.get(), bytes_.get() + begin_, size());
    end_ -= begin_;
    begin_ = 0;
  }
  void grow() {
    const auto larger = capacity_ ? capacity_ * 4 : smallest;
    std::unique_ptr<char[]> moved(new char[larger]);
    if (end_ > 0) std::memcpy(moved.get(), bytes_.get(), end_);
    bytes_ = std::move(moved);
    capacity_ = larger;
  }

  static constexpr std::size_t smallest = 2048;

  std::unique_ptr<char[]> bytes_;
  std::size_t capacity_ = 0, begin_ = 0, end_ = 0;
};

}  // namespace doodled::http
