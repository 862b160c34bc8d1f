#include "core/compose/sharpness.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/compose/outline.hpp"

namespace doodled::composing {
namespace {

constexpr std::size_t looked_at = 128;        // points of the line
constexpr std::array bows{0.05, 0.08, 0.12};  // of the figure's size: what bows less is straight
constexpr std::array reaches{0.2, 0.3, 0.4};  // of a side: how far from a corner its turn is taken
constexpr double slimmest = 0.2;              // a figure's height over its width, for its size
constexpr double a_bend = 0.5;                // radians: what turns no more has hardly a corner
constexpr double smooth = 0.1, jagged = 1.0;  // shares of the turning

using Line = std::vector<Point>;

double distance_from(const Point& p, const Point& a, const Point& b) {
  const double dx = b.x - a.x, dy = b.y - a.y, square = dx * dx + dy * dy;
  const double along = square > 0 ? std::clamp(((p.x - a.x) * dx + (p.y - a.y) * dy) / square, 0.0, 1.0) : 0;
  return std::hypot(p.x - a.x - along * dx, p.y - a.y - along * dy);
}

// The points where the line bends by more than `bow`. U. Ramer, "An iterative procedure for the polygonal
// approximation of plane curves", 1972.
void add_corners(const Line& line, std::size_t from, std::size_t to, double bow,
                 std::vector<std::size_t>& corners) {
  std::size_t farthest = from;
  double most = bow;
  for (std::size_t i = from + 1; i < to; ++i)
    if (const double d = distance_from(line[i], line[from], line[to]); d > most) most = d, farthest = i;
  if (farthest == from) return;
  add_corners(line, from, farthest, bow, corners);
  corners.push_back(farthest);
  add_corners(line, farthest, to, bow, corners);
}

double turn_at(const Point& before, const Point& corner, const Point& after) {
  const double ax = corner.x - before.x, ay = corner.y - before.y, bx = after.x - corner.x,
               by = after.y - corner.y;
  return std::abs(std::atan2(ax * by - ay * bx, ax * bx + ay * by));
}

struct Turning {
  double all = 0, sharp = 0;
};

// Of a bow, a share of its turn lies within the same share of its sides; of a corner, all.
void add_turn(const Line& line, std::size_t corner, std::size_t before, std::size_t after, Turning& turning) {
  const std::size_t size = line.size();
  const auto turn = [&](double share) {
    const auto steps = [&](std::size_t side) {
      return std::max<std::size_t>(1,
                                   static_cast<std::size_t>(std::lround(share * static_cast<double>(side))));
    };
    return turn_at(line[(corner + size - steps(before)) % size], line[corner],
                   line[(corner + steps(after)) % size]);
  };
  const double whole = turn(1);
  for (const double reach : reaches) {
    turning.all += whole;
    turning.sharp += std::min(whole, turn(reach)) / (1 - reach) - whole * reach / (1 - reach);
  }
}

// A closed line begins at its farthest corner and ends there, too.
void add_turns(const Line& line, bool closed, double bow, Turning& turning) {
  Line whole = line;
  if (closed) whole.push_back(line.front());
  std::vector<std::size_t> corners{0};
  add_corners(whole, 0, whole.size() - 1, bow, corners);
  corners.push_back(whole.size() - 1);
  for (std::size_t i = 1; i + 1 < corners.size(); ++i)
    add_turn(line, corners[i], corners[i] - corners[i - 1], corners[i + 1] - corners[i], turning);
  if (closed && corners.size() > 2)
    add_turn(line, 0, corners.back() - corners[corners.size() - 2], corners[1], turning);
}

void begin_at_farthest(Line& line) {
  Point middle{0, 0};
  for (const Point& p : line) middle.x += p.x, middle.y += p.y;
  const auto count = static_cast<double>(line.size());
  const auto farthest = std::ranges::max_element(
      line, {}, [&](const Point& p) { return std::hypot(p.x - middle.x / count, p.y - middle.y / count); });
  std::ranges::rotate(line, farthest);
}

double size_of(const Line& line) {
  const auto [left, right] = std::ranges::minmax(line, {}, &Point::x);
  const auto [top, bottom] = std::ranges::minmax(line, {}, &Point::y);
  const double width = right.x - left.x, height = bottom.y - top.y;
  return std::sqrt(std::max(width, slimmest * height) * std::max(height, slimmest * width));
}

}  // namespace

double sharpness(const std::vector<Point>& points, bool closed) {
  if (points.size() < 3) return 0;
  Line line = evenly(points, closed, looked_at);
  if (line.size() < looked_at) return 0;
  if (closed)
    begin_at_farthest(line);
  else
    line.push_back(points.back());
  Turning turning;
  for (const double bow : bows) add_turns(line, closed, bow * size_of(line), turning);
  const double least = a_bend * bows.size() * reaches.size();
  return std::clamp((turning.sharp / (turning.all + least) - smooth) / (jagged - smooth), 0.0, 1.0);
}

}  // namespace doodled::composing
