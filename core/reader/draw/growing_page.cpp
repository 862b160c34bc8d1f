#include "core/reader/draw/growing_page.hpp"

#include <algorithm>

namespace doodled {

const Raster& GrowingPage::show(const StrokePage& page, int side) {
  if (!goes_on(page, side)) {
    raster_ = white_page(page, side);
    shown_.strokes.clear();
  }
  side_ = 0;  // what fails half-way is not drawn upon
  for (std::size_t i = shown_.strokes.size(); i < page.strokes.size(); ++i)
    draw_stroke(*page.strokes[i], raster_);
  shown_ = page;
  side_ = side;
  return raster_;
}

bool GrowingPage::goes_on(const StrokePage& page, int side) const {
  return side == side_ && page.width == shown_.width && page.height == shown_.height &&
         shown_.strokes.size() <= page.strokes.size() &&
         std::equal(shown_.strokes.begin(), shown_.strokes.end(), page.strokes.begin(),
                    [](const auto& a, const auto& b) { return a == b || *a == *b; });
}

}  // namespace doodled
