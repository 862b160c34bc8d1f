// What each pen makes of a path of the hand. The page draws the same marks at once (server/web/src/draw/
// geometry.ts); tests/fixtures/pens.json holds both to it.
#pragma once
#include <vector>

#include "core/image/strokes.hpp"

namespace doodled::drawing {

// In pixels of a page that is `width` wide.
struct Segment {
  double x1 = 0, y1 = 0, x2 = 0, y2 = 0;
  double width = 1;
};
struct Dot {
  double x = 0, y = 0;
  double radius = 1;
};
struct Marks {
  std::vector<Segment> segments;
  std::vector<Dot> dots;
};

Marks marks_of(const HandStroke& stroke, double width, double height);

}  // namespace doodled::drawing
