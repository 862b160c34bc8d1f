#include "core/reader/see/spiral.hpp"

#include <algorithm>
#include <array>
#include <cmath>

#include <opencv2/imgproc.hpp>

namespace doodled::sight {
namespace {

constexpr double spacing = 8;    // pixels between the points that are looked at
constexpr double tangled = 2.4;  // lines that a ray crosses on average: many rounds, whatever the strokes are
constexpr double wound = 1.6;    // fewer rounds count when one open stroke goes round so often
constexpr double around = 0.78;  // share of the way that leads around the middle, not to or from it
constexpr double least_spread = 0.2;   // of the distances from the middle: less is a circle drawn twice
constexpr double funnel_turn = 300;    // degrees to one side
constexpr int funnel_crossings = 5;    // of its axis
constexpr double funnel_across = 0.6;  // share of the way that leads across the axis
constexpr double funnel_order = 0.5;   // see narrowing()
constexpr double funnel_ratio = 1.9;   // of the width at its one end to that at the other

constexpr double row_aspect = 1.7;  // of the box of a row of loops
constexpr double row_open = 0.6;    // of its lines belongs to open strokes
constexpr double row_turn = 450;    // degrees to one side
constexpr double row_rounds = 1.2;  // of its longest line around its middle, at most
constexpr double least_bend = 60;   // degrees
constexpr int row_crossings = 5;    // of its axis

Path even_points(const Stroke& stroke) {
  Path path = stroke.points;
  if (stroke.closed) path.push_back(path.front());
  return resample(path, std::clamp(static_cast<int>(stroke.length / spacing), 8, 600));
}

// How lines lie around a middle.
struct Rounds {
  double crossings = 0;  // of lines, by a ray; mean
  double spread = 0;     // standard deviation of the distances over their mean
  double around = 0;     // share of the way
  double longest = 0;    // rounds of the longest stroke, 0 when it is closed
};

double swept(cv::Point2f a, cv::Point2f b) {
  return std::atan2(double(a.x) * b.y - double(a.y) * b.x, double(a.x) * b.x + double(a.y) * b.y);
}

Rounds rounds_about(const std::vector<Path>& paths, bool first_closed, cv::Point2f middle) {
  Rounds rounds;
  double way = 0, sum = 0, squares = 0, angles = 0;
  for (std::size_t s = 0; s < paths.size(); ++s) {
    double turned = 0;
    for (std::size_t i = 0; i + 1 < paths[s].size(); ++i) {
      const cv::Point2f a = paths[s][i] - middle, b = paths[s][i + 1] - middle;
      const double angle = swept(a, b), radius = (cv::norm(a) + cv::norm(b)) / 2, length = cv::norm(b - a);
      turned += angle, angles += std::abs(angle), way += length;
      rounds.around += std::min(length, std::abs(angle) * radius);
      sum += std::abs(angle) * radius, squares += std::abs(angle) * radius * radius;
    }
    if (s == 0 && !first_closed) rounds.longest = std::abs(turned) / (2 * CV_PI);
  }
  if (way <= 0 || angles <= 0) return rounds;
  const double mean = sum / angles;
  rounds.crossings = angles / (2 * CV_PI);
  rounds.around /= way;
  rounds.spread = std::sqrt(std::max(0.0, squares / angles - mean * mean)) / std::max(mean, 1e-9);
  return rounds;
}

// Lines that enclose nothing go to and fro unless the longest of them goes round itself.
bool winds(const std::vector<Path>& paths, bool first_closed, bool enclosing, cv::Point2f middle) {
  const Rounds rounds = rounds_about(paths, first_closed, middle);
  const bool itself = rounds.longest > wound - 0.1;
  const bool often = (enclosing && rounds.crossings > tangled) || (itself && rounds.crossings > wound);
  return often && rounds.around > around && rounds.spread > least_spread;
}

// Degrees, of the strokes that bend by more than a shaking hand does: which way round each was drawn is not
// known, so the sides of different strokes count alike.
double turning_to_one_side(const std::vector<Stroke>& strokes, const std::vector<Path>& paths) {
  double turning = 0;
  for (std::size_t s = 0; s < strokes.size(); ++s) {
    const Path even = smooth(paths[s], 1);
    double sum = 0;
    for (std::size_t i = 1; i + 1 < even.size(); ++i) sum += turn(even[i - 1], even[i], even[i + 1]);
    if (std::abs(sum) > least_bend) turning += std::abs(sum);
  }
  return turning;
}

// How lines lie along an axis: how wide from slice to slice, how often they cross its middle.
struct Slices {
  static constexpr std::size_t count = 8;
  std::array<double, count> widths{};
  int crossings = 0;
  double length = 0, width = 0;
  double across = 0;  // share of the way that leads across the axis
};

struct Range {
  double least = 1e9, most = -1e9;
  void add(double value) { least = std::min(least, value), most = std::max(most, value); }
  double size() const { return std::max(0.0, most - least); }
};

Slices slices_of(const std::vector<Path>& paths, const Path& points, cv::Point2f along) {
  const cv::Point2f side(-along.y, along.x);
  Range far, wide, slice[Slices::count];
  double middle = 0, way = 0, across = 0;
  for (const auto& p : points) {
    far.add(p.dot(along)), wide.add(p.dot(side));
    middle += p.dot(side) / static_cast<double>(points.size());
  }
  Slices slices;
  for (const Path& path : paths)
    for (std::size_t i = 0; i < path.size(); ++i) {
      const double v = path[i].dot(side), part = (path[i].dot(along) - far.least) / std::max(1.0, far.size());
      slice[std::min(Slices::count - 1, static_cast<std::size_t>(part * Slices::count))].add(v);
      if (i == 0) continue;
      const double before = path[i - 1].dot(side);
      slices.crossings += (v > middle) != (before > middle);
      across += std::abs(v - before), way += distance(path[i], path[i - 1]);
    }
  for (std::size_t i = 0; i < Slices::count; ++i) slices.widths[i] = slice[i].size();
  slices.length = far.size(), slices.width = wide.size();
  slices.across = across / std::max(1.0, way);
  return slices;
}

// Of all pairs of slices, those that are narrower the further on, less those that are wider: -1..1.
double narrowing(const Slices& slices) {
  int order = 0, pairs = 0;
  for (std::size_t i = 0; i < Slices::count; ++i)
    for (std::size_t j = i + 1; j < Slices::count; ++j, ++pairs)
      order += slices.widths[j] < slices.widths[i] ? 1 : -1;
  return double(order) / pairs;
}

bool narrows(const Slices& slices) {
  const auto& w = slices.widths;
  const double first = w[0] + w[1], last = w[Slices::count - 1] + w[Slices::count - 2];
  return slices.crossings >= funnel_crossings && slices.across > funnel_across &&
         std::abs(narrowing(slices)) > funnel_order &&
         std::max(first, last) > funnel_ratio * std::min(first, last);
}

// The direction in which most of the way leads: the mean of the doubled angles.
cv::Point2f main_direction(const std::vector<Path>& paths) {
  double x = 0, y = 0;
  for (const Path& path : paths)
    for (std::size_t i = 1; i < path.size(); ++i) {
      const cv::Point2f d = path[i] - path[i - 1];
      const double length = std::max(1e-6, cv::norm(d));
      x += (double(d.x) * d.x - double(d.y) * d.y) / length, y += 2 * double(d.x) * d.y / length;
    }
  const double angle = std::atan2(y, x) / 2;
  return {static_cast<float>(std::cos(angle)), static_cast<float>(std::sin(angle))};
}

// Lines that go to and fro across an axis, round bends, and the nearer to its end the less far.
bool is_funnel(const std::vector<Stroke>& strokes, const std::vector<Path>& paths, const Path& points) {
  if (turning_to_one_side(strokes, paths) < funnel_turn) return false;
  const cv::Point2f across = main_direction(paths);
  return narrows(slices_of(paths, points, {-across.y, across.x}));
}

double open_share(const std::vector<Stroke>& strokes) {
  double open = 0, all = 0;
  for (const Stroke& stroke : strokes) all += stroke.length, open += stroke.closed ? 0 : stroke.length;
  return open / std::max(1.0, all);
}

cv::Point2f long_axis(const cv::RotatedRect& box) {
  const double angle = (box.angle + (box.size.height > box.size.width ? 90 : 0)) * CV_PI / 180;
  return {static_cast<float>(std::cos(angle)), static_cast<float>(std::sin(angle))};
}

// Loops above one another are a whirlwind: they show no course in time.
bool upright(const cv::RotatedRect& box) {
  const cv::Point2f along = long_axis(box);
  return std::abs(along.y) > std::abs(along.x);
}

// A pen that goes round and along, so that in the end it has not gone round the middle of it all.
bool is_row_of_loops(const std::vector<Stroke>& strokes, const std::vector<Path>& paths, const Path& points,
                     const cv::RotatedRect& box) {
  if (open_share(strokes) < row_open || turning_to_one_side(strokes, paths) < row_turn ||
      rounds_about(paths, false, box.center).longest > row_rounds)
    return false;
  const Slices slices = slices_of(paths, points, long_axis(box));
  return slices.length > row_aspect * slices.width && slices.crossings >= row_crossings;
}

std::optional<ShapeClass> class_of(const std::vector<Stroke>& strokes, const std::vector<Path>& paths,
                                   bool enclosing, const Path& points, const cv::RotatedRect& box) {
  if (enclosing && is_funnel(strokes, paths, points)) return ShapeClass::spiral;
  if (enclosing && is_row_of_loops(strokes, paths, points, box))
    return upright(box) ? ShapeClass::spiral : ShapeClass::wave;
  const bool closed = strokes.front().closed;
  if (winds(paths, closed, enclosing, centre_of(points)) || winds(paths, closed, enclosing, box.center))
    return ShapeClass::spiral;
  return std::nullopt;
}

}  // namespace

std::optional<Figure> wound_figure(const std::vector<Stroke>& strokes, bool enclosing) {
  std::vector<Path> paths;
  Path points;
  double length = 0;
  for (const Stroke& stroke : strokes) {
    paths.push_back(even_points(stroke));
    points.insert(points.end(), paths.back().begin(), paths.back().end());
    length += stroke.length;
  }
  if (points.size() < 16) return std::nullopt;
  const cv::RotatedRect box = cv::minAreaRect(points);
  if (length < 2.5 * std::max(box.size.width, box.size.height)) return std::nullopt;
  const auto shape_class = class_of(strokes, paths, enclosing, points, box);
  if (!shape_class) return std::nullopt;
  Figure figure;
  figure.shape_class = *shape_class;
  figure.confidence = std::clamp(0.5 + 0.1 * length / std::max(box.size.width, box.size.height), 0.0, 0.95);
  figure.stroke = strokes.front().points;
  cv::convexHull(points, figure.outline);
  figure.box = bounds_of(points);
  figure.ink_length = length;
  return figure;
}

}  // namespace doodled::sight
