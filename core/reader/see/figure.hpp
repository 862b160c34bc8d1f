// Figures: the things that are drawn on a page, each with its class, outline and centre line.
#pragma once
#include <vector>

#include "core/image/reading.hpp"
#include "core/reader/see/graph.hpp"
#include "core/reader/see/ink.hpp"
#include "core/reader/see/trace.hpp"

namespace doodled::sight {

struct Figure {
  ShapeClass shape_class = ShapeClass::other;
  double confidence = 0;
  bool closed = false;
  Path outline;  // around its ink (closed figures: along the centre line)
  Path stroke;   // main centre line
  cv::Rect2f box;
  std::vector<int> edges;  // of the graph
  double ink_length = 0;   // of all its lines
};

}  // namespace doodled::sight
