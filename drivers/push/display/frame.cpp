#include "drivers/push/display/frame.hpp"

namespace doodled::push {

void encode_frame(const Canvas& canvas, std::vector<std::uint8_t>& frame) {
  constexpr std::array<std::uint8_t, 4> shaping{0xe7, 0xf3, 0xe7, 0xff};
  frame.resize(frame_bytes);
  for (int y = 0; y < display_height; ++y) {
    std::uint8_t* line = frame.data() + static_cast<std::size_t>(y) * line_bytes;
    for (int x = 0; x < display_width; ++x) {
      const auto pixel = pixel_of(canvas.at(x, y));
      const auto at = static_cast<std::size_t>(x) * 2;
      line[at] = static_cast<std::uint8_t>(pixel ^ shaping[at % 4]);
      line[at + 1] = static_cast<std::uint8_t>(pixel >> 8 ^ shaping[at % 4 + 1]);
    }
    for (std::size_t at = std::size_t{display_width} * 2; at < line_bytes; ++at) line[at] = shaping[at % 4];
  }
}

}  // namespace doodled::push
