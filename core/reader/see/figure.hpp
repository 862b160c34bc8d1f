// Figures: the things that are drawn on a page, each with its class, outline and centre line.
#pragma once
#include <vector>

#include "core/image/reading.hpp"
#include "core/reader/see/path.hpp"
#include "core/reader/see/trace.hpp"

namespace doodled::sight {

struct Figure {
  ShapeClass shape_class = ShapeClass::other;
  double confidence = 0;
  bool closed = false;
  bool aimed = false;    // an arrow that is known by what it leads from and to, not by its form
  bool painted = false;  // an arrow that is known by the ink of its head, not by its lines
  Path outline;          // around its ink; of closed figures along the centre line
  Path stroke;           // main centre line; of an arrow from tail to head
  cv::Rect2f box;
  double ink_length = 0;  // of all its lines
  double fill = 0;        // 0..1
};

// A figure that one outline or one open line shows.
Figure closed_figure(const Path& outline);
Figure stroke_figure(const Stroke& stroke, double pen);

// Squared pens: what is smaller may be a letter.
constexpr double letter_area = 64;

// Sure enough to be taken for what it is among other lines.
bool well_formed(const Figure& figure);

}  // namespace doodled::sight
