#include "core/reader/see/hatching.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <opencv2/imgproc.hpp>

namespace doodled::sight {
namespace {

constexpr double widest_step = 0.34;  // between neighbours, of the shorter one's length
constexpr double beside = 0.5;        // of the shorter one lies beside the longer one
constexpr double parallel = 16;       // degrees
constexpr double like_length = 2.2;   // factor
constexpr std::size_t least_lines = 5;

// A straight run of a stroke.
struct Leg {
  std::size_t stroke = 0;
  cv::Point2f a, b;
  double length = 0;
};

// A row of loops goes there and back as shading does, but always turns the same way.
bool loops(const Path& rough) {
  double one_way = 0, all = 0;
  for (std::size_t i = 1; i + 1 < rough.size(); ++i) {
    const double t = turn(rough[i - 1], rough[i], rough[i + 1]);
    one_way += t, all += std::abs(t);
  }
  return all > 720 && std::abs(one_way) > 0.6 * all;
}

// The legs of all strokes; `ways` are the strokes' lengths without the steps of pixels.
std::vector<Leg> legs_of(const std::vector<Stroke>& strokes, double pen, std::vector<double>& ways) {
  std::vector<Leg> legs;
  for (std::size_t s = 0; s < strokes.size(); ++s) {
    const Path rough = simplify(strokes[s].points, std::max(1.5 * pen, 0.012 * strokes[s].length));
    ways.push_back(length_of(rough));
    if (strokes[s].closed || loops(rough)) continue;
    for (std::size_t i = 0; i + 1 < rough.size(); ++i) {
      const double length = distance(rough[i], rough[i + 1]);
      if (length > 5 * pen) legs.push_back({s, rough[i], rough[i + 1], length});
    }
  }
  return legs;
}

bool neighbours(const Leg& a, const Leg& b) {
  const double low = std::min(a.length, b.length), high = std::max(a.length, b.length);
  if (high > like_length * low) return false;
  const cv::Point2f along = unit(a.b - a.a), other = b.b - b.a;
  const double off = angle_between(along, other);
  if (std::min(off, 180 - off) > parallel) return false;
  const cv::Point2f across(-along.y, along.x), middle = (b.a + b.b) * 0.5F - a.a;
  const double from = (b.a - a.a).dot(along), to = (b.b - a.a).dot(along);
  const double overlap = std::min(a.length, std::max(from, to)) - std::max(0.0, std::min(from, to));
  return std::abs(middle.dot(across)) < widest_step * low && overlap > beside * low;
}

std::vector<std::vector<std::size_t>> families_of(const std::vector<Leg>& legs) {
  std::vector<std::size_t> parent(legs.size());
  std::iota(parent.begin(), parent.end(), std::size_t{0});
  const auto root = [&](std::size_t i) {
    while (parent[i] != i) i = parent[i] = parent[parent[i]];
    return i;
  };
  for (std::size_t i = 0; i < legs.size(); ++i)
    for (std::size_t j = i + 1; j < legs.size(); ++j)
      if (neighbours(legs[i], legs[j])) parent[root(j)] = root(i);
  std::vector<std::vector<std::size_t>> families(legs.size());
  for (std::size_t i = 0; i < legs.size(); ++i) families[root(i)].push_back(i);
  std::erase_if(families, [](const auto& family) { return family.size() < least_lines; });
  return families;
}

// A stroke shades when nearly all of it is legs of one family.
bool all_in(double way, const std::vector<Leg>& legs, const std::vector<std::size_t>& family, std::size_t s) {
  double inside = 0;
  for (const auto i : family)
    if (legs[i].stroke == s) inside += legs[i].length;
  return inside > 0.75 * way;
}

Figure area_of(const std::vector<const Stroke*>& strokes, double pen) {
  Figure figure;
  figure.shape_class = ShapeClass::hatching;
  figure.closed = true;
  Path points;
  for (const Stroke* stroke : strokes) {
    figure.ink_length += stroke->length;
    points.insert(points.end(), stroke->points.begin(), stroke->points.end());
  }
  cv::convexHull(points, figure.outline);
  figure.stroke = figure.outline;
  figure.box = bounds_of(points);
  figure.fill =
      std::clamp(pen * figure.ink_length / std::max(1.0, std::abs(signed_area(figure.outline))), 0.0, 1.0);
  figure.confidence = std::clamp(0.5 + 0.03 * static_cast<double>(strokes.size()), 0.5, 0.95);
  return figure;
}

}  // namespace

std::vector<Figure> take_hatching(std::vector<Stroke>& strokes, double pen) {
  std::vector<Figure> areas;
  std::vector<double> ways;
  const auto legs = legs_of(strokes, pen, ways);
  std::vector<bool> taken(strokes.size(), false);
  if (legs.size() > 2000) return areas;
  for (const auto& family : families_of(legs)) {
    std::vector<const Stroke*> members;
    std::size_t lines = 0;
    for (std::size_t s = 0; s < strokes.size(); ++s)
      if (!taken[s] && all_in(ways[s], legs, family, s)) members.push_back(&strokes[s]);
    for (const auto i : family)
      lines += std::find(members.begin(), members.end(), &strokes[legs[i].stroke]) != members.end();
    if (lines < least_lines) continue;
    areas.push_back(area_of(members, pen));
    for (const Stroke* member : members) taken[static_cast<std::size_t>(member - strokes.data())] = true;
  }
  std::vector<Stroke> rest;
  for (std::size_t s = 0; s < strokes.size(); ++s)
    if (!taken[s]) rest.push_back(std::move(strokes[s]));
  strokes = std::move(rest);
  return areas;
}

}  // namespace doodled::sight
