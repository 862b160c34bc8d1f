#include "core/reader/decode/png_chunks.hpp"

#include <algorithm>
#include <string_view>

namespace doodled::decoding {

// PNG, ISO/IEC 15948, 5.3: length (big-endian), type, data, CRC.
bool png_chunks_are_credible(Bytes png) {
  Bytes rest = png.subspan(std::min<std::size_t>(8, png.size()));
  while (rest.size() >= 12) {
    const std::size_t length =
        std::size_t{rest[0]} << 24 | std::size_t{rest[1]} << 16 | std::size_t{rest[2]} << 8 | rest[3];
    const std::string_view type(reinterpret_cast<const char*>(rest.data()) + 4, 4);
    if (length > png.size() && type != "IDAT") return false;
    if (length > rest.size() - 12 || type == "IEND") return true;
    rest = rest.subspan(12 + length);
  }
  return true;
}

}  // namespace doodled::decoding
