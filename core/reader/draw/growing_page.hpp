// A page that is drawn again and again while it grows: only the strokes that are new are drawn.
#pragma once
#include "core/reader/draw/draw.hpp"

namespace doodled {

class GrowingPage {
 public:
  // The pixels of draw(page, side), until the next call. Strokes are drawn over what was shown last where the
  // page goes on from there, else all of them anew.
  const Raster& show(const StrokePage& page, int side);

 private:
  bool goes_on(const StrokePage& page, int side) const;

  StrokePage shown_;
  int side_ = 0;  // 0: nothing is shown
  Raster raster_;
};

}  // namespace doodled
