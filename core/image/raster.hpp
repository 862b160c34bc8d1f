// Decoded pixels: what `decode` gives and `see` takes.
#pragma once
#include <cstdint>
#include <vector>

namespace doodled {

// Upright, 8-bit sRGB, three channels interleaved, rows top to bottom without padding; transparent parts
// are laid on white. `source_width/height` are those of the upright original before it was shrunk.
struct Raster {
  int width = 0, height = 0;
  int source_width = 0, source_height = 0;
  std::vector<std::uint8_t> pixels;  // width * height * 3
};

}  // namespace doodled
