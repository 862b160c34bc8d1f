#include "core/reader/see/arrow_head.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

namespace doodled::sight {
namespace {

constexpr double sharp_corner = 70;  // degrees: a hand that turns so begins another piece

// A stroke between two sharp corners.
struct Piece {
  std::size_t stroke = 0;
  std::size_t from = 0, to = 0;  // points of the stroke, both included
  Path points;
  double length = 0;
  cv::Rect2f box;
};

struct Head {
  std::size_t shaft = 0;  // piece
  bool at_end = true;     // the tip is the last point of that piece
  std::size_t barbs[2] = {0, 0};
  double quality = 0;  // 0..1
};

std::vector<Piece> pieces_of(const std::vector<Stroke>& strokes, double pen) {
  std::vector<Piece> pieces;
  for (std::size_t s = 0; s < strokes.size(); ++s) {
    if (strokes[s].closed) continue;
    const Path& points = strokes[s].points;
    const Path rough = simplify(points, std::max(1.2 * pen, 0.015 * strokes[s].length));
    std::vector<std::size_t> cuts{0};
    for (std::size_t i = 1, at = 0; i + 1 < rough.size(); ++i) {
      while (at + 1 < points.size() && points[at] != rough[i]) ++at;
      if (std::abs(turn(rough[i - 1], rough[i], rough[i + 1])) > sharp_corner) cuts.push_back(at);
    }
    cuts.push_back(points.size() - 1);
    for (std::size_t i = 0; i + 1 < cuts.size(); ++i) {
      Piece piece{s, cuts[i], cuts[i + 1], {}, 0, {}};
      piece.points.assign(points.begin() + static_cast<long>(piece.from),
                          points.begin() + static_cast<long>(piece.to) + 1);
      piece.length = length_of(piece.points);
      piece.box = bounds_of(piece.points);
      if (piece.length > 1.2 * pen) pieces.push_back(std::move(piece));
    }
  }
  return pieces;
}

// The direction in which a piece leads away from one of its ends, over at most `reach`.
cv::Point2f away(const Path& points, bool from_end, double reach) {
  const std::size_t count = points.size();
  const auto point = [&](std::size_t i) { return points[from_end ? count - 1 - i : i]; };
  std::size_t i = 1;
  while (i + 1 < count && distance(point(0), point(i)) < reach) ++i;
  return count < 2 ? cv::Point2f{} : unit(point(i) - point(0));
}

class HeadFinder {
 public:
  HeadFinder(const std::vector<Piece>& pieces, double pen) : pieces_(pieces), pen_(pen) {}

  std::vector<Head> run() const {
    std::vector<Head> heads;
    for (std::size_t p = 0; p < pieces_.size(); ++p)
      for (const bool at_end : {false, true})
        if (const auto head = head_at(p, at_end)) heads.push_back(*head);
    std::stable_sort(heads.begin(), heads.end(),
                     [](const Head& a, const Head& b) { return a.quality > b.quality; });
    return heads;
  }

 private:
  struct Barb {
    std::size_t piece = 0;
    double quality = 0, length = 0;
  };
  struct Tip {
    cv::Point2f at, forward;
  };

  // Thinning draws the point of a head back to where its lines run together: the tip lies as far ahead of the
  // shaft's end as any line near it reaches.
  Tip tip_of(const Piece& shaft, std::size_t self, bool at_end) const {
    const cv::Point2f end = at_end ? shaft.points.back() : shaft.points.front();
    const cv::Point2f forward = -away(shaft.points, at_end, std::max(8 * pen_, 0.15 * shaft.length));
    double ahead = 0;
    for (std::size_t p = 0; p < pieces_.size(); ++p) {
      if (p == self || pieces_[p].length > 0.67 * shaft.length ||
          box_distance(end, pieces_[p].box) > 5 * pen_)
        continue;
      for (const auto& q : pieces_[p].points)
        if (distance(q, end) < 5 * pen_) ahead = std::max(ahead, double((q - end).dot(forward)));
    }
    return {end + forward * static_cast<float>(std::min(ahead, 4 * pen_) + 0.5 * pen_), forward};
  }

  std::optional<Head> head_at(std::size_t shaft, bool at_end) const {
    const Piece& piece = pieces_[shaft];
    if (piece.length < 8 * pen_) return std::nullopt;
    const cv::Point2f end = at_end ? piece.points.back() : piece.points.front();
    const Tip tip = tip_of(piece, shaft, at_end);
    std::optional<Barb> best[2];
    for (std::size_t p = 0; p < pieces_.size(); ++p) {
      const Piece& other = pieces_[p];
      if (p == shaft || other.length > 0.67 * piece.length) continue;
      const double reach = std::max(2.5 * pen_, 0.3 * other.length);
      if (box_distance(end, other.box) > reach || path_distance(end, other.points) > reach) continue;
      for (const cv::Point2f loose : {other.points.front(), other.points.back()}) {
        int side = 0;
        const auto barb = barb_to(p, loose, tip, piece.length, side);
        if (barb && (!best[side] || barb->quality > best[side]->quality)) best[side] = barb;
      }
    }
    if (!best[0] || !best[1] || best[0]->piece == best[1]->piece) return std::nullopt;
    const double a = best[0]->length, b = best[1]->length;
    if (std::max(a, b) > 2.6 * std::min(a, b)) return std::nullopt;
    const double even = std::min(a, b) / std::max(a, b), slim = 1 - std::max(a, b) / piece.length;
    return Head{shaft,
                at_end,
                {best[0]->piece, best[1]->piece},
                std::clamp(0.2 * (best[0]->quality + best[1]->quality) + 0.3 * even + 0.3 * slim, 0.0, 1.0)};
  }

  // A barb by its loose end, as seen from the tip.
  std::optional<Barb> barb_to(std::size_t p, cv::Point2f loose, const Tip& tip, double shaft,
                              int& side) const {
    const cv::Point2f way = loose - tip.at;
    const double length = std::hypot(way.x, way.y), angle = angle_between(way, -tip.forward);
    if (length < std::max(1.8 * pen_, 5.0) || length > 0.67 * shaft || angle < 11 || angle > 78)
      return std::nullopt;
    side = tip.forward.x * way.y - tip.forward.y * way.x > 0;
    return Barb{p, std::max(0.0, 1 - std::abs(angle - 36) / 50), length};
  }

  const std::vector<Piece>& pieces_;
  double pen_;
};

// The way from the tail to the tip: the shaft's own piece, and what the stroke did before it came there.
Path shaft_path(const Piece& shaft, const Path& stroke, bool at_end, const std::vector<bool>& taken_points) {
  std::size_t from = shaft.from, to = shaft.to;
  if (at_end)
    while (from > 0 && !taken_points[from - 1]) --from;
  else
    while (to + 1 < stroke.size() && !taken_points[to + 1]) ++to;
  Path path(stroke.begin() + static_cast<long>(from), stroke.begin() + static_cast<long>(to) + 1);
  if (!at_end) std::reverse(path.begin(), path.end());
  return path;
}

class ArrowTaker {
 public:
  ArrowTaker(std::vector<Stroke>& strokes, double pen)
      : strokes_(strokes), pen_(pen), pieces_(pieces_of(strokes, pen)) {
    for (const Stroke& stroke : strokes) taken_.emplace_back(stroke.points.size(), false);
  }

  std::vector<Figure> run() {
    std::vector<Figure> arrows;
    std::vector<bool> used(pieces_.size(), false);
    for (const Head& head : HeadFinder(pieces_, pen_).run()) {
      if (used[head.shaft] || used[head.barbs[0]] || used[head.barbs[1]]) continue;
      used[head.shaft] = used[head.barbs[0]] = used[head.barbs[1]] = true;
      for (const auto barb : head.barbs) take(pieces_[barb]);
      arrows.push_back(arrow(head));
    }
    keep_rest();
    return arrows;
  }

 private:
  void take(const Piece& piece) {
    for (std::size_t i = piece.from; i <= piece.to; ++i) taken_[piece.stroke][i] = true;
  }
  Figure arrow(const Head& head) {
    const Piece& shaft = pieces_[head.shaft];
    Figure figure;
    figure.shape_class = ShapeClass::arrow;
    figure.confidence = 0.5 + head.quality / 2;
    figure.stroke = shaft_path(shaft, strokes_[shaft.stroke].points, head.at_end, taken_[shaft.stroke]);
    for (std::size_t i = 0; i < taken_[shaft.stroke].size(); ++i) taken_[shaft.stroke][i] = true;
    figure.outline = figure.stroke;
    figure.box = bounds_of(figure.stroke);
    figure.ink_length = length_of(figure.stroke);
    for (const auto barb : head.barbs) {
      figure.box |= bounds_of(pieces_[barb].points);
      figure.ink_length += pieces_[barb].length;
    }
    return figure;
  }
  // A stroke of which an arrow took a part is gone; scraps of heads are no figures.
  void keep_rest() {
    std::vector<Stroke> rest;
    for (std::size_t s = 0; s < strokes_.size(); ++s)
      if (std::none_of(taken_[s].begin(), taken_[s].end(), [](bool taken) { return taken; }))
        rest.push_back(std::move(strokes_[s]));
    strokes_ = std::move(rest);
  }

  std::vector<Stroke>& strokes_;
  double pen_;
  std::vector<Piece> pieces_;
  std::vector<std::vector<bool>> taken_;
};

}  // namespace

std::vector<Figure> take_arrows(std::vector<Stroke>& strokes, double pen) {
  return ArrowTaker(strokes, pen).run();
}

}  // namespace doodled::sight
