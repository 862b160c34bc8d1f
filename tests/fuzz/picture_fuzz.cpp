// What takes in a picture, on any bytes: its kind, its size, its pixels; within small limits, so that a run
// is quick.
#include <cstddef>
#include <cstdint>
#include <cstdlib>

#include "core/reader/decode/decode.hpp"

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  doodled::start_decoder();
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace doodled;
  DecodeLimits limits;
  limits.max_unpacked_bytes = std::size_t{1} << 20;
  const Bytes bytes(data, size);
  const auto info = image_info(bytes, limits);
  if (!info) {
    if (info.error().code.empty()) std::abort();
    return 0;
  }
  const auto raster = decode(bytes, limits);
  if (raster && (raster->width <= 0 || raster->height <= 0)) std::abort();
  (void)thumbnail(bytes, 64, limits);
  return 0;
}
