// The transport as MIDI system messages: F8 pulse, FA start, FB continue, FC stop, F2 song position (14 bits
// of sixteenths, low seven first).
#pragma once
#include "core/play/driver.hpp"

namespace doodled::midi {

inline void add_clock(const ClockMessage& message, Packets& packets) noexcept {
  if (message.kind == ClockMessage::Kind::position) {
    const auto value = static_cast<std::uint32_t>(message.sixteenth) & 0x3fff;
    const std::array<std::uint8_t, 3> position{0xf2, static_cast<std::uint8_t>(value & 127),
                                               static_cast<std::uint8_t>(value >> 7)};
    packets.add(position);
    return;
  }
  constexpr std::array<std::uint8_t, 4> bytes{0xf8, 0xfa, 0xfb, 0xfc};  // in the order of Kind
  packets.add(Bytes{&bytes[static_cast<std::size_t>(message.kind)], 1});
}

}  // namespace doodled::midi
