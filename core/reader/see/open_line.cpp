#include "core/reader/see/open_line.hpp"

#include <algorithm>
#include <cmath>

namespace doodled::sight {
namespace {

constexpr double spacing = 2;     // pixels between the points that are looked at
constexpr double jagged = 0.77;   // share of the turning that is in the corners themselves
constexpr double roundest = 4;    // pens: a corner's turning lies that near to it
constexpr double slimmest = 0.1;  // of the width of the spike at whose point a corner is, as near
constexpr double runs_along =
    0.72;                      // chord over extent: a coil whose ends lie so far apart is a wave with loops
constexpr double wound = 1.4;  // turns
constexpr double around_one = 1.3;    // of them around one place: else its loops lie side by side
constexpr double straightest = 0.09;  // bow of what is no straight line
constexpr double ripple = 0.03;       // of the chord, and more than the pen is wide
constexpr int fewest = 48, most = 512;

std::vector<double> turns_of(const Path& line) {
  std::vector<double> turns(line.size(), 0);
  for (std::size_t i = 1; i + 1 < line.size(); ++i) turns[i] = turn(line[i - 1], line[i], line[i + 1]);
  return turns;
}

// Counts the sides to which the line bends one after the other, each by at least `least` degrees.
int bends_of(const std::vector<double>& turns, double least) {
  int bends = 0, side = 0;
  double run = 0;
  for (const double t : turns) {
    if (run * t < 0 && std::abs(run) < least) run = 0;
    if (run * t < 0 && std::abs(t) < 1) continue;
    run = run * t < 0 ? t : run + t;
    const int now = run > least ? 1 : run < -least ? -1 : side;
    if (now != side) ++bends, side = now;
  }
  return std::max(0, bends - 1);
}

void measure_corners(const Path& even, const std::vector<double>& turns, double pen, LineMeasures& m) {
  const Path rough = simplify(even, 0.035 * m.extent);
  double near = 0, all = 0, before = 0;
  int square = 0;
  std::size_t at = 0;
  for (std::size_t i = 1; i + 1 < rough.size(); ++i) {
    const double angle = turn(rough[i - 1], rough[i], rough[i + 1]);
    while (at + 1 < even.size() && even[at] != rough[i]) ++at;
    if (std::abs(angle) < 35) continue;
    const double reach = std::min(distance(rough[i - 1], rough[i]), distance(rough[i], rough[i + 1]));
    const double gap = m.length / static_cast<double>(even.size() - 1);
    const int window = std::max(3, static_cast<int>(0.5 * reach / gap));
    const double spike = distance(rough[i - 1], rough[i + 1]);
    const int core = std::max(
        2, static_cast<int>(std::min({0.12 * reach, std::max(slimmest * spike, 0.7 * pen), roundest * pen}) /
                            gap));
    for (int d = -window; d <= window; ++d) {
      const int k = static_cast<int>(at) + d;
      if (k < 0 || k >= static_cast<int>(turns.size())) continue;
      const double t = turns[static_cast<std::size_t>(k)] * (angle > 0 ? 1 : -1);
      all += t;
      if (std::abs(d) <= core) near += t;
    }
    ++m.corners;
    square += std::abs(angle) > 60 && std::abs(angle) < 120;
    m.alternations += before * angle < 0;
    before = angle;
  }
  m.sharpness = all > 0 ? std::clamp(near / all, 0.0, 1.0) : 0;
  m.square_corners = m.corners > 0 ? double(square) / m.corners : 0;
}

// Side changes of a nearly straight line: how often its distance from the chord turns back by `height`.
int ripples_of(const Path& line, double height) {
  const cv::Point2f way = unit(line.back() - line.front());
  double low = 0, high = 0;
  int rising = 0, ripples = 0;
  for (const auto& p : line) {
    const cv::Point2f d = p - line.front();
    const double off = double(way.x) * d.y - double(way.y) * d.x;
    low = std::min(low, off), high = std::max(high, off);
    if (rising <= 0 && off > low + height) ripples += rising < 0, rising = 1, high = off, low = off;
    if (rising >= 0 && off < high - height) ripples += rising > 0, rising = -1, low = off, high = off;
    if (rising > 0) low = high;
    if (rising < 0) high = low;
  }
  return ripples;
}

// Whole turns around the place in the line's box that it winds around most.
double rounds_of(const Path& line, const cv::Rect2f& box) {
  constexpr int across = 8, looked_at = 96;
  const Path path = resample(line, looked_at);
  double best = 0;
  for (int i = 1; i < across; ++i)
    for (int j = 1; j < across; ++j) {
      const cv::Point2f at(box.x + box.width * i / across, box.y + box.height * j / across);
      double sum = 0;
      for (std::size_t k = 1; k < path.size(); ++k) {
        const cv::Point2f a = path[k - 1] - at, b = path[k] - at;
        sum += std::atan2(double(a.x) * b.y - double(a.y) * b.x, double(a.x) * b.x + double(a.y) * b.y);
      }
      best = std::max(best, std::abs(sum) / (2 * CV_PI));
    }
  return best;
}

double monotone(const Path& line, bool vertical) {
  double net = 0, way = 0;
  for (std::size_t i = 1; i < line.size(); ++i) {
    const double step = vertical ? line[i].y - line[i - 1].y : line[i].x - line[i - 1].x;
    net += step;
    way += std::abs(step);
  }
  return way > 0 ? std::abs(net) / way : 1;
}

Verdict verdict(ShapeClass shape_class, double confidence) {
  return {shape_class, std::clamp(confidence, 0.05, 0.99)};
}

// A staircase of many small steps keeps close to its chord, but its way is much longer.
bool climbs_in_steps(const LineMeasures& m, double pen) {
  return m.bow * m.chord > 1.2 * pen && m.length > 1.15 * m.chord && m.corners >= 3 &&
         m.alternations >= m.corners - 2 && m.square_corners > 0.7 && m.monotone_x > 0.5 &&
         m.monotone_y > 0.5 && m.sharpness > 0.7;
}

}  // namespace

LineMeasures measure_line(const Path& line, double pen) {
  LineMeasures m;
  const int count = std::clamp(static_cast<int>(length_of(line) / spacing), fewest, most);
  const Path even = smooth(resample(line, count), 2);
  const cv::Rect2f box = bounds_of(even);
  m.length = length_of(even);
  m.extent = std::hypot(box.width, box.height);
  m.chord = distance(even.front(), even.back());
  for (const auto& p : even) m.bow = std::max(m.bow, segment_distance(p, even.front(), even.back()));
  m.bow /= std::max(m.chord, 1.0);
  const auto turns = turns_of(even);
  for (const double t : turns) m.signed_turn += t, m.total_turn += std::abs(t);
  m.bends = bends_of(turns, 30);
  m.swings = bends_of(turns, 60);
  m.ripples = ripples_of(even, std::max(1.2 * pen, ripple * m.chord));
  measure_corners(even, turns, pen, m);
  m.monotone_x = monotone(even, false);
  m.monotone_y = monotone(even, true);
  m.winding = std::abs(m.signed_turn) / 360;
  if (m.winding > wound) m.rounds = rounds_of(even, box);
  return m;
}

Verdict classify_line(const LineMeasures& m, double pen) {
  if (climbs_in_steps(m, pen)) return verdict(ShapeClass::staircase, 0.5 + 0.4 * m.square_corners);
  const bool rippled = m.ripples > 2 || (m.ripples == 2 && m.bow > straightest / 2);
  if ((m.bow < straightest && !rippled) || m.bow * m.chord < 1.2 * pen)
    return verdict(ShapeClass::line, 1 - 4 * m.bow);
  if (m.winding > wound && (m.rounds < around_one || m.chord > runs_along * m.extent))
    return verdict(ShapeClass::wave, 0.7);
  if (m.winding > wound) return verdict(ShapeClass::spiral, 0.4 + m.winding / 5);
  const bool swings = rippled || m.bends >= 2 || m.swings >= 1 || (m.corners >= 2 && m.alternations >= 1);
  if (swings && m.sharpness > jagged) return verdict(ShapeClass::zigzag, m.sharpness);
  if (swings) return verdict(ShapeClass::wave, 1 - m.sharpness / 2);
  if (m.corners == 1 && m.sharpness > jagged) return verdict(ShapeClass::zigzag, 0.4);
  if (m.corners >= 2 && m.sharpness > 0.7) return verdict(ShapeClass::polygon, 0.3);
  return verdict(ShapeClass::arc, 0.6);
}

}  // namespace doodled::sight
