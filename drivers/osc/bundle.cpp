#include "drivers/osc/bundle.hpp"

#include <algorithm>
#include <string_view>

namespace doodled::osc_out {
namespace {

constexpr std::string_view header{"#bundle\0\0\0\0\0\0\0\0\1", 16};

class Bundle {
 public:
  explicit Bundle(std::size_t largest) : largest_(std::min(largest, buffer_.size())) {}

  bool add(Bytes message) noexcept {
    if (used_ + 4 + message.size() > largest_) return false;
    const auto size = static_cast<std::uint32_t>(message.size());
    for (int shift = 24; shift >= 0; shift -= 8) buffer_[used_++] = static_cast<std::uint8_t>(size >> shift);
    std::ranges::copy(message, buffer_.begin() + static_cast<std::ptrdiff_t>(used_));
    used_ += message.size();
    ++count_;
    return true;
  }
  void flush(Packets& packets) noexcept {
    if (count_ == 1) packets.add(Bytes{buffer_.data() + header.size() + 4, used_ - header.size() - 4});
    if (count_ > 1) packets.add(Bytes{buffer_.data(), used_});
    used_ = header.size();
    count_ = 0;
  }
  void begin() noexcept { std::ranges::copy(header, buffer_.begin()); }

 private:
  std::array<std::uint8_t, 1500> buffer_;
  const std::size_t largest_;
  std::size_t used_ = header.size(), count_ = 0;
};

}  // namespace

void add_bundled(const Packets& messages, std::size_t largest, Packets& packets) noexcept {
  Bundle bundle(largest);
  bundle.begin();
  for (std::size_t i = 0; i < messages.size(); ++i) {
    if (bundle.add(messages[i])) continue;
    bundle.flush(packets);
    if (!bundle.add(messages[i])) packets.add(messages[i]);
  }
  bundle.flush(packets);
}

}  // namespace doodled::osc_out
