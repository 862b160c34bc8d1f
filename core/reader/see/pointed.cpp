#include "core/reader/see/pointed.hpp"

#include <algorithm>

namespace doodled::sight {
namespace {

constexpr double slim = 2.5;         // width of a line over its height
constexpr double straight = 1.4;     // its length over its width
constexpr double long_enough = 1.2;  // heights of what it points at
constexpr double near = 0.7;         // heights between them, or shared

bool is_level_line(const Piece& piece) {
  return piece.box.width > slim * piece.height() && piece.length < straight * piece.box.width;
}

bool points_at(const Piece& line, const cv::Rect& box) {
  const int gap = std::max(box.x - line.box.br().x, line.box.x - box.br().x), level = line.middle().y;
  return line.box.width > long_enough * box.height && level > box.y && level < box.br().y &&
         std::abs(gap) < near * box.height;
}

}  // namespace

std::vector<bool> pointed_at(const Pieces& pieces) {
  std::vector<const Piece*> lines;
  for (const Piece& piece : pieces.all)
    if (is_level_line(piece)) lines.push_back(&piece);
  std::vector<bool> pointed;
  for (const Piece& piece : pieces.all)
    pointed.push_back(std::ranges::any_of(
        lines, [&](const Piece* line) { return line != &piece && points_at(*line, piece.box); }));
  return pointed;
}

}  // namespace doodled::sight
