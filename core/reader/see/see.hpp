// The builtin reader's eyes: from pixels to a Reading, by rules over ink and colour.
#pragma once
#include "core/image/raster.hpp"
#include "core/image/reading.hpp"

namespace doodled {

enum class SeeMode { automatic, drawing, photo };

struct SeeOptions {
  SeeMode mode = SeeMode::automatic;
  int curve_samples = 64;  // 2..4096, of each curve
};

// Pure and single-threaded: equal rasters and options give equal readings. Rasters larger than 1280 pixels a
// side are shrunk first. Throws std::invalid_argument for a raster whose sizes do not fit its pixels.
Reading see(const Raster& raster, const SeeOptions& options = {});

}  // namespace doodled
