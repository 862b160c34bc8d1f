#include "core/reader/see/arrow_head.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>

#include "core/reader/see/wedge.hpp"

namespace doodled::sight {
namespace {

struct Head {
  std::size_t shaft = 0;  // piece
  bool at_end = true;     // the tip is the last point of that piece, or ahead of it
  std::array<std::size_t, 2> barbs{};
  double quality = 0;  // 0..1
  cv::Point2f tip;
};

constexpr double least_shaft = 8;  // pens
constexpr double run_in = 4;       // pens of a shaft's end along which barbs may join it
constexpr double most_barb = 0.3;  // of the shaft's length, where the head stands off it
constexpr double most_askew = 35;  // degrees between such a head and its shaft

class HeadFinder {
 public:
  HeadFinder(const std::vector<Stroke>& strokes, const std::vector<StrokePiece>& pieces, double pen)
      : strokes_(strokes), pieces_(pieces), pen_(pen) {}

  std::vector<Head> run() const {
    std::vector<Head> heads;
    const auto wedges = find_wedges(pieces_, pen_);
    for (std::size_t p = 0; p < pieces_.size(); ++p) {
      if (pieces_[p].length < least_shaft * pen_) continue;
      for (const bool at_end : {false, true}) {
        if (const auto head = head_at(p, at_end)) heads.push_back(*head);
        for (const Wedge& wedge : wedges)
          if (const auto head = head_ahead(p, at_end, wedge)) heads.push_back(*head);
      }
    }
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

  cv::Point2f forward_at(const StrokePiece& shaft, bool at_end) const {
    return -away(shaft.points, at_end, std::max(8 * pen_, 0.15 * shaft.length));
  }

  // Thinning draws the point of a head back to where its lines run together: the tip lies as far ahead of the
  // shaft's end as any line near it reaches.
  Tip tip_of(const StrokePiece& shaft, std::size_t self, bool at_end) const {
    const cv::Point2f end = at_end ? shaft.points.back() : shaft.points.front();
    const cv::Point2f forward = forward_at(shaft, at_end);
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

  // Something else ends or crosses at that end of a piece.
  bool is_held(const StrokePiece& piece, bool at_last) const {
    const Stroke& stroke = strokes_[piece.stroke];
    return at_last ? piece.to + 1 == stroke.points.size() && stroke.held_last
                   : piece.from == 0 && stroke.held_first;
  }

  // The last of a shaft, from its end on: where a head runs into what the arrow leads to, thinning takes its
  // barbs and the shaft together before they come there.
  Path last_of(const StrokePiece& shaft, bool at_end) const {
    Path last = shaft.points;
    if (at_end) std::ranges::reverse(last);
    const double least = is_held(shaft, at_end) ? run_in * pen_ : 0;
    const auto further = [&](cv::Point2f p) { return distance(p, last.front()) > least; };
    last.erase(std::ranges::find_if(last, further), last.end());
    return last;
  }
  bool is_at(const Path& last, const StrokePiece& barb) const {
    const double reach = std::max(2.5 * pen_, 0.3 * barb.length);
    if (box_distance(last.front(), barb.box) > reach + run_in * pen_) return false;
    return std::ranges::any_of(last, [&](cv::Point2f p) {
      return box_distance(p, barb.box) < reach && path_distance(p, barb.points) < reach;
    });
  }

  std::optional<Head> head_at(std::size_t shaft, bool at_end) const {
    const StrokePiece& piece = pieces_[shaft];
    const cv::Point2f end = at_end ? piece.points.back() : piece.points.front();
    const Tip tip = tip_of(piece, shaft, at_end);
    const Path last = last_of(piece, at_end);
    std::optional<Barb> best[2];
    for (std::size_t p = 0; p < pieces_.size(); ++p) {
      const StrokePiece& other = pieces_[p];
      if (p == shaft || other.length > 0.67 * piece.length || !is_at(last, other)) continue;
      for (const bool at_last : {false, true}) {
        if (is_held(other, at_last)) continue;  // a line that leads on is no barb
        const cv::Point2f loose = at_last ? other.points.back() : other.points.front();
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
                std::clamp(0.2 * (best[0]->quality + best[1]->quality) + 0.3 * even + 0.3 * slim, 0.0, 1.0),
                end};
  }

  // A head that opens towards the end of a shaft, which stops short of it or within. Less sure than one that
  // hangs together.
  std::optional<Head> head_ahead(std::size_t shaft, bool at_end, const Wedge& wedge) const {
    const StrokePiece& piece = pieces_[shaft];
    const cv::Point2f end = at_end ? piece.points.back() : piece.points.front();
    const auto is_part = [&](std::size_t barb) { return pieces_[barb].stroke == piece.stroke; };
    if (distance(end, wedge.tip) > 1.5 * wedge.length + 3 * pen_ || wedge.length > most_barb * piece.length ||
        std::ranges::any_of(wedge.barbs, is_part))
      return std::nullopt;
    const cv::Point2f forward = forward_at(piece, at_end), way = wedge.tip - end;
    const double aside = std::abs(way.x * forward.y - way.y * forward.x);
    const double askew = angle_between(wedge.back, -forward);
    if (way.dot(forward) < -pen_ || aside > 0.4 * wedge.length + pen_ || askew > most_askew)
      return std::nullopt;
    const double slim = 1 - wedge.length / piece.length;
    return Head{shaft, at_end, wedge.barbs, 0.15 * (wedge.even + slim + 1 - askew / most_askew), wedge.tip};
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

  const std::vector<Stroke>& strokes_;
  const std::vector<StrokePiece>& pieces_;
  double pen_;
};

// The way from the tail to the tip: the shaft's own piece, and what the stroke did before it came there.
Path shaft_path(const StrokePiece& shaft, const Path& stroke, bool at_end,
                const std::vector<bool>& taken_points) {
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
    for (const Head& head : HeadFinder(strokes_, pieces_, pen_).run()) {
      if (used[head.shaft] || used[head.barbs[0]] || used[head.barbs[1]]) continue;
      used[head.shaft] = used[head.barbs[0]] = used[head.barbs[1]] = true;
      for (const auto barb : head.barbs) take(pieces_[barb]);
      arrows.push_back(arrow(head));
    }
    keep_rest();
    return arrows;
  }

 private:
  void take(const StrokePiece& piece) {
    for (std::size_t i = piece.from; i <= piece.to; ++i) taken_[piece.stroke][i] = true;
  }
  Figure arrow(const Head& head) {
    const StrokePiece& shaft = pieces_[head.shaft];
    Figure figure;
    figure.shape_class = ShapeClass::arrow;
    figure.confidence = 0.5 + head.quality / 2;
    figure.stroke = shaft_path(shaft, strokes_[shaft.stroke].points, head.at_end, taken_[shaft.stroke]);
    for (std::size_t i = 0; i < taken_[shaft.stroke].size(); ++i) taken_[shaft.stroke][i] = true;
    if (distance(figure.stroke.back(), head.tip) > pen_) figure.stroke.push_back(head.tip);
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
  std::vector<StrokePiece> pieces_;
  std::vector<std::vector<bool>> taken_;
};

}  // namespace

std::vector<Figure> take_arrows(std::vector<Stroke>& strokes, double pen) {
  return ArrowTaker(strokes, pen).run();
}

}  // namespace doodled::sight
