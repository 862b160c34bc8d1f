// How much of this machine a picture may take while it is unpacked.
#pragma once
#include <cstdint>

namespace doodled {

struct DecodeLimits {
  std::int64_t max_pixels = 64'000'000;           // width * height that the header may claim
  std::int64_t max_unpacked_bytes = 400'000'000;  // for kinds of files that cannot be unpacked row by row
  int target_side = 1280;  // larger side of the raster at most; pictures are never enlarged
};

}  // namespace doodled
