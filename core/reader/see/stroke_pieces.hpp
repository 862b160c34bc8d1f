// Strokes cut where a hand turned sharply: there begins another piece of an arrow.
#pragma once
#include <vector>

#include "core/reader/see/trace.hpp"

namespace doodled::sight {

struct StrokePiece {
  std::size_t stroke = 0;
  std::size_t from = 0, to = 0;  // points of the stroke, both included
  Path points;
  double length = 0;
  cv::Rect2f box;
};

// The pieces of the open strokes between their ends and sharp corners (70 degrees or more), in their order;
// none is shorter than about a pen.
std::vector<StrokePiece> pieces_of(const std::vector<Stroke>& strokes, double pen);

// The direction in which a line leads away from one of its ends, over at most `reach` pixels.
cv::Point2f away(const Path& points, bool from_end, double reach);

}  // namespace doodled::sight
