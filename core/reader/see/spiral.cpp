#include "core/reader/see/spiral.hpp"

#include <algorithm>
#include <cmath>

#include <opencv2/imgproc.hpp>

namespace doodled::sight {
namespace {

constexpr double spacing = 8;    // pixels between the points that are looked at
constexpr double tangled = 2.4;  // lines that a ray crosses on average: many rounds, whatever the strokes are
constexpr double wound = 1.6;    // fewer rounds count when one open stroke goes round so often
constexpr double around = 0.78;  // share of the way that leads around the middle, not to or from it
constexpr double least_spread = 0.2;  // of the distances from the middle: less is a circle drawn twice
constexpr double funnel_turn = 600;   // degrees
constexpr double one_sided = 0.6;     // share of all turning that goes to one side
constexpr double open_share = 0.8;    // of all lines belongs to open strokes of a funnel
constexpr double funnel_ratio = 1.7;  // of the width of its first third to that of its last

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

bool winds(const std::vector<Path>& paths, bool first_closed, cv::Point2f middle) {
  const Rounds rounds = rounds_about(paths, first_closed, middle);
  const bool often = rounds.crossings > tangled || (rounds.crossings > wound && rounds.longest > wound - 0.1);
  return often && rounds.around > around && rounds.spread > least_spread;
}

struct Turning {
  double to_one_side = 0, all = 0;  // degrees
};

// Of the open strokes: which way round each was drawn is not known, so the sides of different strokes count
// alike.
Turning turning_of(const std::vector<Stroke>& strokes, const std::vector<Path>& paths) {
  Turning turning;
  for (std::size_t s = 0; s < strokes.size(); ++s) {
    if (strokes[s].closed) continue;
    const Path even = smooth(paths[s], 1);
    double sum = 0;
    for (std::size_t i = 1; i + 1 < even.size(); ++i) {
      const double t = turn(even[i - 1], even[i], even[i + 1]);
      sum += t;
      turning.all += std::abs(t);
    }
    turning.to_one_side += std::abs(sum);
  }
  return turning;
}

// Width across the long axis in the first and in the last third of it, larger over smaller.
double taper(const Path& points, const cv::RotatedRect& box) {
  const bool wide = box.size.width > box.size.height;
  const double angle = (box.angle + (wide ? 0 : 90)) * CV_PI / 180,
               half = std::max(box.size.width, box.size.height) / 2;
  const cv::Point2f along(static_cast<float>(std::cos(angle)), static_cast<float>(std::sin(angle)));
  double least[2] = {1e9, 1e9}, most[2] = {-1e9, -1e9};
  for (const auto& p : points) {
    const cv::Point2f d = p - box.center;
    const double u = d.dot(along), v = d.dot({-along.y, along.x});
    if (std::abs(u) < half / 3) continue;
    const int end = u > 0;
    least[end] = std::min(least[end], v), most[end] = std::max(most[end], v);
  }
  const double a = most[0] - least[0], b = most[1] - least[1];
  return std::max(a, b) / std::max(1.0, std::min(a, b));
}

// Open strokes for nearly all of the way, that turn and turn to one side.
bool is_funnel(const std::vector<Stroke>& strokes, const std::vector<Path>& paths, const Path& points,
               const cv::RotatedRect& box) {
  double open = 0, all = 0;
  for (const Stroke& stroke : strokes) all += stroke.length, open += stroke.closed ? 0 : stroke.length;
  if (open < open_share * all) return false;
  const Turning turning = turning_of(strokes, paths);
  return turning.to_one_side > funnel_turn && turning.to_one_side > one_sided * turning.all &&
         taper(points, box) > funnel_ratio;
}

}  // namespace

std::optional<Figure> spiral_of_strokes(const std::vector<Stroke>& strokes) {
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
  const bool closed = strokes.front().closed;
  if (!winds(paths, closed, centre_of(points)) && !winds(paths, closed, box.center) &&
      !is_funnel(strokes, paths, points, box))
    return std::nullopt;
  Figure figure;
  figure.shape_class = ShapeClass::spiral;
  figure.confidence = std::clamp(0.5 + 0.1 * length / std::max(box.size.width, box.size.height), 0.0, 0.95);
  figure.stroke = strokes.front().points;
  cv::convexHull(points, figure.outline);
  figure.box = bounds_of(points);
  figure.ink_length = length;
  return figure;
}

}  // namespace doodled::sight
