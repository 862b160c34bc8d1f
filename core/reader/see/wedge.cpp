#include "core/reader/see/wedge.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>

namespace doodled::sight {
namespace {

constexpr double joint = 2.5;                   // pens between barbs at the tip
constexpr double shortest_barb = 1.8;           // pens, and 5 pixels
constexpr double longest_barb = 40;             // pens
constexpr double least_even = 0.5;              // shorter over longer barb
constexpr double straight = 0.7;                // way over length of a barb
constexpr double narrowest = 25, widest = 130;  // degrees

std::optional<Wedge> wedge_of(std::array<std::size_t, 2> barbs, cv::Point2f tip, cv::Point2f one,
                              cv::Point2f other, double pen) {
  const double lengths[] = {std::hypot(one.x, one.y), std::hypot(other.x, other.y)};
  const double longer = std::max(lengths[0], lengths[1]), shorter = std::min(lengths[0], lengths[1]);
  const double opening = angle_between(one, other);
  if (shorter < std::max({shortest_barb * pen, 5.0, least_even * longer}) || opening < narrowest ||
      opening > widest)
    return std::nullopt;
  return Wedge{barbs, tip, unit(unit(one) + unit(other)), longer, shorter / longer};
}

// The way along a straight piece that begins at the tip.
std::optional<cv::Point2f> barb_from(cv::Point2f tip, const StrokePiece& piece, double pen) {
  const bool at_front = distance(piece.points.front(), tip) < distance(piece.points.back(), tip);
  const cv::Point2f near = at_front ? piece.points.front() : piece.points.back();
  const cv::Point2f way = (at_front ? piece.points.back() : piece.points.front()) - near;
  if (distance(near, tip) > joint * pen || std::hypot(way.x, way.y) < straight * piece.length)
    return std::nullopt;
  return way;
}

// One piece that is led round its tip without a corner.
std::optional<Wedge> bent(const std::vector<StrokePiece>& pieces, std::size_t p, double pen) {
  const Path& points = pieces[p].points;
  const auto depth = [&](cv::Point2f q) { return segment_distance(q, points.front(), points.back()); };
  const cv::Point2f tip = *std::ranges::max_element(points, {}, depth);
  const cv::Point2f one = points.front() - tip, other = points.back() - tip;
  if (std::hypot(one.x, one.y) + std::hypot(other.x, other.y) < straight * pieces[p].length)
    return std::nullopt;
  return wedge_of({p, p}, tip, one, other, pen);
}

// Those that may be barbs, from the left on.
std::vector<std::size_t> short_pieces(const std::vector<StrokePiece>& pieces, double pen) {
  std::vector<std::size_t> found(pieces.size());
  std::iota(found.begin(), found.end(), std::size_t{0});
  std::erase_if(found, [&](std::size_t p) { return pieces[p].length > longest_barb * pen; });
  std::ranges::stable_sort(found, {}, [&](std::size_t p) { return pieces[p].box.x; });
  return found;
}

}  // namespace

std::vector<Wedge> find_wedges(const std::vector<StrokePiece>& pieces, double pen) {
  std::vector<Wedge> wedges;
  const auto candidates = short_pieces(pieces, pen);
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    const std::size_t a = candidates[i];
    if (const auto wedge = bent(pieces, a, pen)) wedges.push_back(*wedge);
    for (std::size_t j = i + 1; j < candidates.size(); ++j) {
      const std::size_t b = candidates[j];
      if (pieces[b].box.x > pieces[a].box.br().x + joint * pen) break;
      for (const cv::Point2f tip : {pieces[a].points.front(), pieces[a].points.back()}) {
        if (box_distance(tip, pieces[b].box) > joint * pen) continue;
        const auto one = barb_from(tip, pieces[a], pen), other = barb_from(tip, pieces[b], pen);
        const auto wedge = one && other ? wedge_of({a, b}, tip, *one, *other, pen) : std::nullopt;
        if (wedge) wedges.push_back(*wedge);
      }
    }
  }
  return wedges;
}

}  // namespace doodled::sight
