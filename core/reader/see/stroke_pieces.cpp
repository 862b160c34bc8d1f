#include "core/reader/see/stroke_pieces.hpp"

#include <algorithm>
#include <cmath>

namespace doodled::sight {
namespace {

constexpr double sharp_corner = 70;  // degrees: a hand that turns so begins another piece

// The points at which a stroke begins, turns sharply and ends.
std::vector<std::size_t> cuts_of(const Stroke& stroke, double pen) {
  const Path& points = stroke.points;
  const Path rough = simplify(points, std::max(1.2 * pen, 0.015 * stroke.length));
  std::vector<std::size_t> cuts{0};
  for (std::size_t i = 1, at = 0; i + 1 < rough.size(); ++i) {
    while (at + 1 < points.size() && points[at] != rough[i]) ++at;
    if (std::abs(turn(rough[i - 1], rough[i], rough[i + 1])) > sharp_corner) cuts.push_back(at);
  }
  cuts.push_back(points.size() - 1);
  return cuts;
}

}  // namespace

std::vector<StrokePiece> pieces_of(const std::vector<Stroke>& strokes, double pen) {
  std::vector<StrokePiece> pieces;
  for (std::size_t s = 0; s < strokes.size(); ++s) {
    if (strokes[s].closed) continue;
    const Path& points = strokes[s].points;
    const auto cuts = cuts_of(strokes[s], pen);
    for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
      StrokePiece piece{s, cuts[i], cuts[i + 1], {}, 0, {}};
      piece.points.assign(points.begin() + static_cast<long>(piece.from),
                          points.begin() + static_cast<long>(piece.to) + 1);
      piece.length = length_of(piece.points);
      piece.box = bounds_of(piece.points);
      if (piece.length > 1.2 * pen) pieces.push_back(std::move(piece));
    }
  }
  return pieces;
}

cv::Point2f away(const Path& points, bool from_end, double reach) {
  const std::size_t count = points.size();
  const auto point = [&](std::size_t i) { return points[from_end ? count - 1 - i : i]; };
  std::size_t i = 1;
  while (i + 1 < count && distance(point(0), point(i)) < reach) ++i;
  return count < 2 ? cv::Point2f{} : unit(point(i) - point(0));
}

}  // namespace doodled::sight
