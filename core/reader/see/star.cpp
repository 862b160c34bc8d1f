#include "core/reader/see/star.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/open_line.hpp"

namespace doodled::sight {
namespace {

constexpr std::size_t most_legs = 24;  // more are no star

Figure star_figure(const std::vector<Stroke>& strokes, double confidence) {
  Figure figure;
  figure.shape_class = ShapeClass::star;
  figure.confidence = std::clamp(confidence, 0.05, 0.99);
  figure.closed = true;
  figure.stroke = strokes.front().points;
  Path all;
  for (const Stroke& stroke : strokes) {
    figure.ink_length += stroke.length;
    all.insert(all.end(), stroke.points.begin(), stroke.points.end());
  }
  figure.box = bounds_of(all);
  cv::convexHull(all, figure.outline);
  return figure;
}

// One stroke of long straight legs that turn sharply, always to the same side.
bool drawn_round(const std::vector<Stroke>& strokes) {
  double total = 0;
  for (const Stroke& stroke : strokes) total += stroke.length;
  const Stroke& main = strokes.front();
  if (main.length < 0.8 * total) return false;
  Path path = main.points;
  if (main.closed) path.push_back(path.front());
  const cv::Rect2f box = bounds_of(path);
  const Path rough = simplify(path, 0.06 * std::hypot(box.width, box.height));
  double turning = 0;
  int sharp = 0;
  for (std::size_t i = 1; i + 1 < rough.size(); ++i) {
    const double t = turn(rough[i - 1], rough[i], rough[i + 1]);
    turning += t;
    sharp += std::abs(t) > 100;
  }
  const double legs = length_of(rough);
  return sharp >= 3 && sharp <= 7 && legs > 0.85 * length_of(path) && int(rough.size()) <= sharp + 3 &&
         std::abs(turning) > 125 * sharp && main.length > 2.5 * std::hypot(box.width, box.height);
}

// Straight lines through one point.
bool drawn_through(const std::vector<Stroke>& strokes, double pen) {
  if (strokes.size() < 3 || strokes.size() > 12) return false;
  cv::Point2f centre;
  double longest = strokes.front().length;
  int lines = 0;
  for (const Stroke& stroke : strokes) {
    if (stroke.length < 0.35 * longest) continue;
    const LineMeasures m = measure_line(stroke.points, pen);
    if (stroke.closed || m.chord < 0.9 * m.length) return false;
    ++lines;
    centre += (stroke.points.front() + stroke.points.back()) * 0.5F;
  }
  if (lines < 3) return false;
  centre *= 1.F / static_cast<float>(lines);
  for (const Stroke& stroke : strokes)
    if (stroke.length >= 0.35 * longest &&
        path_distance(centre, stroke.points) > std::max(2 * pen, 0.12 * longest))
      return false;
  return true;
}

using Leg = std::pair<cv::Point2f, cv::Point2f>;

// Straight runs of all strokes, small wander left out.
std::vector<Leg> rough_legs(const std::vector<Stroke>& strokes, double pen) {
  cv::Rect2f box;
  for (const Stroke& stroke : strokes)
    box = box.empty() ? bounds_of(stroke.points) : box | bounds_of(stroke.points);
  const double tolerance = std::max(1.5 * pen, 0.045 * std::hypot(box.width, box.height));
  std::vector<Leg> legs;
  for (const Stroke& stroke : strokes) {
    Path path = stroke.points;
    if (stroke.closed) path.push_back(path.front());
    const Path rough = simplify(path, tolerance);
    for (std::size_t i = 0; i + 1 < rough.size(); ++i) legs.push_back({rough[i], rough[i + 1]});
  }
  return legs;
}

// One leg that a crossing, or where the pen was put down, cut in two: the two in one, else nothing.
std::optional<Leg> joined(const Leg& a, const Leg& b, double reach) {
  const cv::Point2f way = unit(a.second - a.first);
  const double off = angle_between(way, b.second - b.first);
  if (std::min(off, 180 - off) > 12) return std::nullopt;
  cv::Point2f ends[4] = {a.first, a.second, b.first, b.second};
  std::sort(ends, ends + 4, [&](cv::Point2f p, cv::Point2f q) { return p.dot(way) < q.dot(way); });
  const double whole = distance(ends[0], ends[3]);
  if (distance(ends[1], ends[2]) > reach ||
      whole < 0.9 * (distance(a.first, a.second) + distance(b.first, b.second)))
    return std::nullopt;
  if (std::max(segment_distance(ends[1], ends[0], ends[3]), segment_distance(ends[2], ends[0], ends[3])) >
      reach / 2)
    return std::nullopt;
  return Leg{ends[0], ends[3]};
}

void join_legs(std::vector<Leg>& legs, double reach) {
  for (std::size_t i = 0; i < legs.size(); ++i)
    for (std::size_t j = i + 1; j < legs.size(); ++j)
      if (const auto leg = joined(legs[i], legs[j], reach)) {
        legs[i] = *leg;
        legs.erase(legs.begin() + static_cast<long>(j));
        j = i;
      }
}

// The long straight legs of a star drawn over itself, wherever its strokes begin and end: each leads from one
// tip to another and passes the centre at a distance; five to seven tips, two legs at each.
bool drawn_in_chords(const std::vector<Stroke>& strokes, double pen) {
  auto legs = rough_legs(strokes, pen);
  if (legs.size() < 4 || legs.size() > most_legs) return false;
  Path ends;
  for (const auto& [a, b] : legs) ends.push_back(a), ends.push_back(b);
  cv::Point2f centre;
  float radius = 0;
  cv::minEnclosingCircle(ends, centre, radius);
  join_legs(legs, 0.15 * radius);
  std::vector<double> tips;
  double ink = 0, chords = 0;
  for (const auto& [from, to] : legs) {
    const cv::Point2f a = from - centre, b = to - centre;
    const double off = cv::norm((a + b) * 0.5F), length = distance(from, to);
    ink += length;
    if (length < 1.25 * radius || std::min(cv::norm(a), cv::norm(b)) < 0.6 * radius || off < 0.12 * radius ||
        off > 0.55 * radius)
      continue;
    chords += length;
    tips.push_back(std::atan2(a.y, a.x)), tips.push_back(std::atan2(b.y, b.x));
  }
  if (tips.size() < 8 || tips.size() > 20 || chords < 0.75 * ink) return false;
  std::sort(tips.begin(), tips.end());
  int groups = 0;
  double widest = 0;
  for (std::size_t i = 0; i < tips.size(); ++i) {
    const double gap = i > 0 ? tips[i] - tips[i - 1] : tips.front() + 2 * CV_PI - tips.back();
    groups += gap > 0.6;
    widest = std::max(widest, gap);
  }
  return groups >= 5 && groups <= 7 && widest < 2.2;
}

}  // namespace

std::optional<Figure> star_of_strokes(const std::vector<Stroke>& strokes, double pen) {
  if (drawn_round(strokes)) return star_figure(strokes, 0.9);
  if (drawn_in_chords(strokes, pen)) return star_figure(strokes, 0.85);
  if (drawn_through(strokes, pen)) return star_figure(strokes, 0.75);
  return std::nullopt;
}

}  // namespace doodled::sight
