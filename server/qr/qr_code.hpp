// Text as a QR code (ISO/IEC 18004, error correction M), for a page and for a console. The only door to
// libqrencode. Pure.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace doodled {

class QrCode {
 public:
  // Throws std::invalid_argument for text that is empty or longer than 1,000 bytes.
  explicit QrCode(std::string_view text);

  int width() const { return width_; }  // modules a side
  // Outside the symbol everything is light.
  bool is_dark(int x, int y) const;

  // Black on white with the quiet zone of 4 modules; one unit a module.
  std::string svg() const;
  // Half blocks, two modules a character, quiet zone 2, a line feed after each line. With `colours` ANSI
  // escapes make it black on white on any console; without, it is meant for light text on dark.
  std::string half_blocks(bool colours) const;

 private:
  int width_;
  std::vector<std::uint8_t> modules_;  // row by row; 1 is dark
};

}  // namespace doodled
