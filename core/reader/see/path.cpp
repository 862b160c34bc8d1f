#include "core/reader/see/path.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include <opencv2/imgproc.hpp>

namespace doodled::sight {
namespace {

constexpr double degrees = 180 / CV_PI;

double cross(cv::Point2f a, cv::Point2f b) { return double(a.x) * b.y - double(a.y) * b.x; }

// Positions along the path (cumulated lengths), one more than points when closed.
std::vector<double> positions(const Path& path, bool closed) {
  std::vector<double> at(path.size() + (closed ? 1 : 0), 0);
  for (std::size_t i = 1; i < at.size(); ++i)
    at[i] = at[i - 1] + distance(path[i - 1], path[i % path.size()]);
  return at;
}

}  // namespace

double length_of(const Path& path, bool closed) {
  double length = 0;
  for (std::size_t i = 1; i < path.size(); ++i) length += distance(path[i - 1], path[i]);
  return closed && path.size() > 1 ? length + distance(path.back(), path.front()) : length;
}

cv::Rect2f bounds_of(const Path& path) {
  if (path.empty()) return {};
  cv::Point2f least = path[0], most = path[0];
  for (const auto& p : path) {
    least = {std::min(least.x, p.x), std::min(least.y, p.y)};
    most = {std::max(most.x, p.x), std::max(most.y, p.y)};
  }
  return {least, most};
}

double signed_area(const Path& outline) {
  double sum = 0;
  for (std::size_t i = 0; i < outline.size(); ++i)
    sum += cross(outline[i], outline[(i + 1) % outline.size()]);
  return sum / 2;
}

// The hull has no use for a point half way between its neighbours, as most pixels of a line are, but has to
// sort it.
Path hull_of(const Path& path) {
  if (path.size() < 3) return path;
  Path ends, hull;
  for (std::size_t i = 0; i < path.size(); ++i)
    if (i == 0 || i + 1 == path.size() || path[i] - path[i - 1] != path[i + 1] - path[i])
      ends.push_back(path[i]);
  cv::convexHull(ends, hull);
  return hull;
}

std::array<double, 4> corner_cuts(const Path& path) {
  const cv::Rect2f box = bounds_of(path);
  std::array<double, 4> cuts;
  cuts.fill(double(box.width) + box.height);
  for (const auto& p : path) {
    const double left = double(p.x) - box.x, top = double(p.y) - box.y, right = box.width - left,
                 bottom = box.height - top;
    cuts = {std::min(cuts[0], left + top), std::min(cuts[1], right + top), std::min(cuts[2], right + bottom),
            std::min(cuts[3], left + bottom)};
  }
  return cuts;
}

cv::Point2f centre_of(const Path& path) {
  cv::Point2f sum;
  for (const auto& p : path) sum += p;
  return path.empty() ? sum : sum * (1.F / static_cast<float>(path.size()));
}

Path resample(const Path& path, int count, bool closed) {
  if (path.size() < 2 || count < 2) return path;
  const auto at = positions(path, closed);
  const double step = at.back() / (closed ? count : count - 1);
  Path result;
  result.reserve(static_cast<std::size_t>(count));
  std::size_t i = 1;
  for (int k = 0; k < count; ++k) {
    const double target = std::min(k * step, at.back());
    while (i + 1 < at.size() && at[i] < target) ++i;
    const double part = at[i] > at[i - 1] ? (target - at[i - 1]) / (at[i] - at[i - 1]) : 0;
    result.push_back(path[i - 1] + (path[i % path.size()] - path[i - 1]) * static_cast<float>(part));
  }
  return result;
}

Path smooth(const Path& path, int radius, bool closed) {
  const int count = static_cast<int>(path.size());
  if (radius < 1 || count < 3) return path;
  Path result(path.size());
  for (int i = 0; i < count; ++i) {
    const int reach = closed ? radius : std::min({radius, i, count - 1 - i});
    cv::Point2f sum;
    float weights = 0;
    for (int d = -reach; d <= reach; ++d) {
      const float weight = static_cast<float>(reach + 1 - std::abs(d));
      sum += path[static_cast<std::size_t>((i + d + count * (radius / count + 1)) % count)] * weight;
      weights += weight;
    }
    result[static_cast<std::size_t>(i)] = sum * (1 / weights);
  }
  return result;
}

Path simplify(const Path& path, double tolerance, bool closed) {
  if (path.size() < 3) return path;
  Path result;
  cv::approxPolyDP(path, result, tolerance, closed);
  return result;
}

Path thin_out(const Path& path, std::size_t most, bool closed) {
  Path result = path;
  for (double tolerance = 0.75; result.size() > most && tolerance < 1e4; tolerance *= 1.5)
    result = simplify(path, tolerance, closed);
  return result;
}

double turn(cv::Point2f a, cv::Point2f b, cv::Point2f c) {
  const cv::Point2f in = b - a, out = c - b;
  return std::atan2(cross(in, out), double(in.x) * out.x + double(in.y) * out.y) * degrees;
}

double angle_between(cv::Point2f a, cv::Point2f b) {
  return std::abs(std::atan2(cross(a, b), double(a.x) * b.x + double(a.y) * b.y)) * degrees;
}

cv::Point2f unit(cv::Point2f v) {
  const double size = std::hypot(v.x, v.y);
  return size > 0 ? v * static_cast<float>(1 / size) : cv::Point2f{};
}

std::optional<cv::Point2f> meeting(cv::Point2f a, cv::Point2f way_a, cv::Point2f b, cv::Point2f way_b) {
  constexpr double least_sine = 0.25;
  const double sine = way_a.cross(way_b);
  if (std::abs(sine) < least_sine) return std::nullopt;
  return a + way_a * static_cast<float>((b - a).cross(way_b) / sine);
}

double segment_distance(cv::Point2f p, cv::Point2f a, cv::Point2f b) {
  const cv::Point2f along = b - a;
  const double square = double(along.x) * along.x + double(along.y) * along.y;
  if (square <= 0) return distance(p, a);
  const double part = std::clamp((p - a).dot(along) / square, 0.0, 1.0);
  return distance(p, a + along * static_cast<float>(part));
}

double path_distance(cv::Point2f p, const Path& path, bool closed) {
  if (path.size() == 1) return distance(p, path[0]);
  double nearest = std::numeric_limits<double>::infinity();
  for (std::size_t i = 0; i + (closed ? 0 : 1) < path.size(); ++i)
    nearest = std::min(nearest, segment_distance(p, path[i], path[(i + 1) % path.size()]));
  return nearest;
}

bool contains(const Path& outline, cv::Point2f p) {
  return outline.size() > 2 && cv::pointPolygonTest(outline, p, false) >= 0;
}

}  // namespace doodled::sight
