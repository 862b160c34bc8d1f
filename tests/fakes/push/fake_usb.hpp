// The display of a Push on USB by chapter 3 of Ableton's manual: refuses anything but the header and frames
// of 640 times 512 bytes. Decodes with its own code.
#pragma once
#include <array>
#include <optional>
#include <vector>

#include "drivers/push/display/usb_sink.hpp"

namespace doodled::fakes {

struct DisplayPixel {
  int red, green, blue;  // 5, 6 and 5 bits
};

inline std::vector<DisplayPixel> decode_frame(const std::vector<std::uint8_t>& frame) {
  std::vector<DisplayPixel> pixels;
  for (std::size_t line = 0; line < 160; ++line)
    for (std::size_t pair = 0; pair < 480; ++pair) {
      std::uint32_t two = 0;
      for (std::size_t i = 0; i < 4; ++i)
        two |= static_cast<std::uint32_t>(frame[line * 2048 + pair * 4 + i]) << (8 * i);
      two ^= 0xFFE7F3E7u;
      for (const auto value : {two & 0xffff, two >> 16})
        pixels.push_back(
            {static_cast<int>(value & 31), static_cast<int>(value >> 5 & 63), static_cast<int>(value >> 11)});
    }
  return pixels;
}

class FakeUsb final : public push::UsbSink {
 public:
  struct Bus {
    std::optional<push::Model> there;
    bool taken = false;  // another program holds the interface
    bool claimed = false;
    std::vector<std::vector<std::uint8_t>> frames;
    std::vector<std::string> complaints;
  };
  explicit FakeUsb(Bus& bus) : bus_(bus) {}

  push::SinkState open(std::optional<push::Model> wanted) override {
    if (!bus_.there || (wanted && wanted != bus_.there)) return push::SinkState::absent;
    if (bus_.taken) return push::SinkState::refused;
    bus_.claimed = true;
    return push::SinkState::open;
  }
  void close() noexcept override { bus_.claimed = false; }
  bool send(Bytes header, Bytes frame) noexcept override {
    if (!bus_.there || !bus_.claimed) return false;
    const std::array<std::uint8_t, 16> documented{0xff, 0xcc, 0xaa, 0x88};
    if (!std::equal(header.begin(), header.end(), documented.begin(), documented.end()))
      bus_.complaints.push_back("header");
    if (frame.size() != 640 * 512) bus_.complaints.push_back("frame");
    bus_.frames.emplace_back(frame.begin(), frame.end());
    return true;
  }
  std::optional<push::Model> model() const override { return bus_.claimed ? bus_.there : std::nullopt; }
  std::string describe() const override { return "a display that is not real"; }

 private:
  Bus& bus_;
};

}  // namespace doodled::fakes
