#include "core/reader/see/rings.hpp"

#include <algorithm>
#include <cmath>

namespace doodled::sight {
namespace {

constexpr double widest_gap = 0.55;  // of the shorter stroke
constexpr double least_drawn = 0.7;  // of the whole way round
constexpr double wide_turn = 30;     // degrees: lines that go on so straight across a gap are one line
constexpr std::size_t most_pieces = 8;
constexpr double least_length = 5;  // pens

struct End {
  cv::Point2f at, way;  // where a stroke ends and where it was going
};

class RingTaker {
 public:
  RingTaker(std::vector<Stroke>& strokes, const std::vector<Figure>& figures, double pen)
      : strokes_(strokes), figures_(figures), pen_(pen) {
    for (const Stroke& stroke : strokes)
      ends_.push_back(end_of(stroke, false)), ends_.push_back(end_of(stroke, true));
    for (std::size_t i = 0; i < ends_.size(); ++i) nearest_.push_back(nearest(i));
  }

  std::vector<Figure> run() {
    std::vector<Figure> figures;
    std::vector<bool> used(strokes_.size(), false);
    for (std::size_t s = 0; s < strokes_.size(); ++s) {
      if (used[s]) continue;
      const auto ring = ring_from(s);
      if (ring.empty() || joins_figures(ring)) continue;
      Figure figure = closed_figure(outline_of(ring));
      if (figure.shape_class == ShapeClass::other || figure.shape_class == ShapeClass::star ||
          figure.confidence < 0.5)
        continue;
      for (const int end : ring) used[std::size_t(end / 2)] = true;
      figures.push_back(std::move(figure));
    }
    std::vector<Stroke> rest;
    for (std::size_t s = 0; s < strokes_.size(); ++s)
      if (!used[s]) rest.push_back(std::move(strokes_[s]));
    strokes_ = std::move(rest);
    return figures;
  }

 private:
  End end_of(const Stroke& stroke, bool last) const {
    const Path& path = stroke.points;
    const std::size_t count = path.size();
    const auto point = [&](std::size_t i) { return path[last ? count - 1 - i : i]; };
    std::size_t i = 0;
    while (i + 1 < count &&
           distance(point(0), point(i)) < std::max(6.0, std::min(6 * pen_, stroke.length / 3)))
      ++i;
    return {point(0), unit(point(0) - point(i))};
  }
  bool usable(std::size_t stroke) const {
    return !strokes_[stroke].closed && !strokes_[stroke].stub &&
           strokes_[stroke].length > least_length * pen_;
  }
  int nearest(std::size_t i) const {
    int best = -1;
    double least = 1e30;
    if (!usable(i / 2)) return best;
    for (std::size_t j = 0; j < ends_.size(); ++j) {
      if (j / 2 == i / 2 || !usable(j / 2)) continue;
      const double gap = distance(ends_[i].at, ends_[j].at);
      if (gap >= least || gap > widest_gap * std::min(strokes_[i / 2].length, strokes_[j / 2].length))
        continue;
      least = gap, best = static_cast<int>(j);
    }
    return best;
  }
  bool mutual(int i) const {
    const int j = nearest_[std::size_t(i)];
    return j >= 0 && nearest_[std::size_t(j)] == i && meet(ends_[std::size_t(i)], ends_[std::size_t(j)]);
  }
  bool meet(const End& a, const End& b) const {
    const double gap = distance(a.at, b.at);
    if (gap < 2 * pen_ || angle_between(a.way, -b.way) < wide_turn) return true;
    const auto corner = meeting(a.at, a.way, b.at, b.way);
    return corner && std::max(distance(*corner, a.at), distance(*corner, b.at)) < 1.5 * gap;
  }
  // A figure lies in each of its corners: what leads from one to the next is no outline.
  bool joins_figures(const std::vector<int>& ring) const {
    return std::ranges::all_of(ring, [&](int end) {
      const End &a = ends_[std::size_t(end)], &b = ends_[std::size_t(nearest_[std::size_t(end)])];
      const auto corner = meeting(a.at, a.way, b.at, b.way);
      return corner && std::ranges::any_of(figures_, [&](const Figure& figure) {
               return figure.closed && contains(figure.outline, *corner);
             });
    });
  }
  // The ends at which the strokes of a ring are entered, in order; empty when there is none.
  std::vector<int> ring_from(std::size_t stroke) const {
    std::vector<int> ring;
    int enter = static_cast<int>(2 * stroke);
    while (ring.size() < most_pieces) {
      ring.push_back(enter);
      const int leave = enter ^ 1;
      if (!mutual(leave)) return {};
      enter = nearest_[std::size_t(leave)];
      if (enter == ring.front()) return ring.size() > 1 && mostly_drawn(ring) ? ring : std::vector<int>{};
    }
    return {};
  }
  bool mostly_drawn(const std::vector<int>& ring) const {
    double drawn = 0, gaps = 0;
    for (const int end : ring) {
      drawn += strokes_[std::size_t(end / 2)].length;
      gaps += distance(ends_[std::size_t(end)].at, ends_[std::size_t(nearest_[std::size_t(end)])].at);
    }
    return drawn > least_drawn * (drawn + gaps);
  }
  Path outline_of(const std::vector<int>& ring) const {
    Path outline;
    for (const int end : ring) {
      const Path& path = strokes_[std::size_t(end / 2)].points;
      if (end % 2 == 0)
        outline.insert(outline.end(), path.begin(), path.end());
      else
        outline.insert(outline.end(), path.rbegin(), path.rend());
    }
    return outline;
  }

  std::vector<Stroke>& strokes_;
  const std::vector<Figure>& figures_;
  double pen_;
  std::vector<End> ends_;
  std::vector<int> nearest_;
};

}  // namespace

std::vector<Figure> take_rings(std::vector<Stroke>& strokes, const std::vector<Figure>& figures, double pen) {
  if (strokes.size() < 2 || strokes.size() > 600) return {};
  return RingTaker(strokes, figures, pen).run();
}

}  // namespace doodled::sight
