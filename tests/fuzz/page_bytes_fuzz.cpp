// A page of strokes on its way to the reader: refused in words, or drawn.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "core/reader/draw/growing_page.hpp"
#include "core/reader/protocol/page_bytes.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace doodled;
  const auto page = reader::page_from_bytes(Bytes(data, size));
  if (!page) {
    if (page.error().code.empty() || page.error().message.empty()) std::abort();
    return 0;
  }
  GrowingPage shown;
  const Raster& raster = shown.show(*page, 64);
  if (raster.width < 1 || raster.width > 64 || raster.height < 1 || raster.height > 64) std::abort();
  return 0;
}
