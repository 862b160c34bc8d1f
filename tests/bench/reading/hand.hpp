// A hand that draws: the figures of the reading's list as people draw them, with their class known.
#pragma once
#include "core/image/reading.hpp"
#include "tests/bench/reading/page.hpp"

namespace doodled::bench {

struct Sketch {
  ShapeClass shape_class = ShapeClass::other;
  std::vector<Line> strokes;  // points every few hundredths, within about -1..1
  bool solid = false;         // its inside is painted over
};

// One way out of many to draw that class: in one go or side by side, with gaps and overshoot where lines
// should meet, rounded corners, lines gone over twice, leaning and uneven. Classes without a form of their
// own
// (`other`) are drawn as nothing.
Sketch sketch(ShapeClass shape_class, Random& random);

// The classes that a hand can draw.
const std::vector<ShapeClass>& drawn_classes();

// The sketch enlarged to `size` (half its extent) around `at`, drawn with that pen.
void put_down(const Sketch& sketch, Page& page, cv::Point2d at, cv::Point2d size, double pen,
              cv::Scalar colour);

}  // namespace doodled::bench
