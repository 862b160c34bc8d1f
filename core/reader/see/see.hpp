// The builtin reader's eyes: from pixels to a Reading, by rules over ink and colour.
#pragma once
#include <memory>

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

// The same for a page that this program drew itself, ink on white (core/reader/draw), of at most 1280 pixels
// a side: there is no sheet to find, no light to even out, and it is a drawing or nothing. Takes a third of
// the time; the light and colour of `photo` are measured coarsely. With SeeMode::photo it is see() itself.
Reading see_drawn(const Raster& raster, const SeeOptions& options = {});

// Sees such a page again and again while it grows: what did not change since it was seen last costs little,
// and the readings are those of see_drawn().
class PageWatcher {
 public:
  PageWatcher();
  ~PageWatcher();

  Reading see(const Raster& raster, const SeeOptions& options = {});

 private:
  struct Seen;
  std::unique_ptr<Seen> seen_;
};

}  // namespace doodled
