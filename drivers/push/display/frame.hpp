// A picture as the display of a Push takes it, by chapter 3 of Ableton's "Push 2 MIDI and Display Interface
// Manual" 1.1: a header of its own transfer, then 160 lines of 2048 bytes: 960 pixels of 16 bits (little
// endian, bits 15 to 11 blue, 10 to 5 green, 4 to 0 red) and 128 bytes of filling, XORed with E7 F3 E7 FF
// over and over. Pure.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "drivers/push/display/canvas.hpp"

namespace doodled::push {

inline constexpr int display_width = 960, display_height = 160;
inline constexpr std::size_t line_bytes = 2048, frame_bytes = line_bytes * display_height;
inline constexpr std::array<std::uint8_t, 16> frame_header{0xff, 0xcc, 0xaa, 0x88};  // the rest is 0

// Frame after frame goes into the same buffer. `canvas` has the display's size; the result frame_bytes.
void encode_frame(const Canvas& canvas, std::vector<std::uint8_t>& frame);

constexpr std::uint16_t pixel_of(Colour colour) {
  return static_cast<std::uint16_t>((colour.blue >> 3) << 11 | (colour.green >> 2) << 5 | colour.red >> 3);
}

}  // namespace doodled::push
