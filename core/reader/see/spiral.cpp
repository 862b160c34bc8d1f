#include "core/reader/see/spiral.hpp"

#include <algorithm>
#include <cmath>

#include <opencv2/imgproc.hpp>

namespace doodled::sight {
namespace {

constexpr double spacing = 8;        // pixels between the points that are looked at
constexpr double least_turn = 540;   // degrees
constexpr double one_sided = 0.55;   // share of all turning that goes to one side
constexpr double longest_run = 2.6;  // longer than this over its width, a coil runs along

struct Turning {
  double signed_sum = 0, sum = 0;
};

Turning turning_of(const Stroke& stroke) {
  const int count = std::clamp(static_cast<int>(stroke.length / spacing), 8, 400);
  const Path even = smooth(resample(stroke.points, count, stroke.closed), 1, stroke.closed);
  Turning turning;
  for (std::size_t i = 1; i + 1 < even.size(); ++i) {
    const double t = turn(even[i - 1], even[i], even[i + 1]);
    turning.signed_sum += t;
    turning.sum += std::abs(t);
  }
  return turning;
}

}  // namespace

std::optional<Figure> spiral_of_strokes(const std::vector<Stroke>& strokes) {
  Turning all;
  Path points;
  double length = 0;
  for (const Stroke& stroke : strokes) {
    const Turning turning = turning_of(stroke);
    all.signed_sum += std::abs(turning.signed_sum);
    all.sum += turning.sum;
    length += stroke.length;
    points.insert(points.end(), stroke.points.begin(), stroke.points.end());
  }
  if (all.signed_sum < least_turn || all.signed_sum < one_sided * all.sum || points.size() < 8)
    return std::nullopt;
  const cv::RotatedRect around = cv::minAreaRect(points);
  const double wide = std::max(around.size.width, around.size.height),
               narrow = std::min(around.size.width, around.size.height);
  if (wide > longest_run * narrow || length < 3.2 * wide) return std::nullopt;
  Figure figure;
  figure.shape_class = ShapeClass::spiral;
  figure.confidence = std::clamp(0.35 + all.signed_sum / 3600, 0.0, 0.95);
  figure.stroke = strokes.front().points;
  cv::convexHull(points, figure.outline);
  figure.box = bounds_of(points);
  figure.ink_length = length;
  return figure;
}

}  // namespace doodled::sight
