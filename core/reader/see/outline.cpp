#include "core/reader/see/outline.hpp"

#include <algorithm>
#include <cmath>

#include <opencv2/imgproc.hpp>

#include "core/reader/see/memo.hpp"
#include "core/reader/see/polygon_fit.hpp"

namespace doodled::sight {
namespace {

constexpr int samples = 64;
constexpr int fine_samples = 160;
constexpr double corner_reach = 0.18;    // of the shorter side
constexpr double least_cornered = 0.72;  // for five and more corners
constexpr double least_blunt = 0.45;     // of the side across
constexpr double long_aspect = 2.5;

struct Ellipse {
  cv::Point2f centre;
  double long_half = 1, short_half = 1, angle = 0;
};

// The ellipse with the area moments of the outline.
Ellipse ellipse_of(const Path& outline) {
  const cv::Moments m = cv::moments(outline);
  if (m.m00 <= 0) return {centre_of(outline)};
  const double xx = m.mu20 / m.m00, yy = m.mu02 / m.m00, xy = m.mu11 / m.m00;
  const double mean = (xx + yy) / 2, half = std::hypot((xx - yy) / 2, xy);
  return {{static_cast<float>(m.m10 / m.m00), static_cast<float>(m.m01 / m.m00)},
          2 * std::sqrt(std::max(mean + half, 1e-9)),
          2 * std::sqrt(std::max(mean - half, 1e-9)),
          std::atan2(2 * xy, xx - yy) / 2};
}

// Distance of each point from the ellipse along its radius, root mean square.
double ellipse_error(const Path& outline, const Ellipse& ellipse) {
  double sum = 0;
  for (const auto& p : outline) {
    const cv::Point2f d = p - ellipse.centre;
    const double u = d.x * std::cos(ellipse.angle) + d.y * std::sin(ellipse.angle);
    const double v = -d.x * std::sin(ellipse.angle) + d.y * std::cos(ellipse.angle);
    const double radius = std::hypot(u, v),
                 scaled = std::hypot(u / ellipse.long_half, v / ellipse.short_half);
    const double off = scaled > 0 ? radius * (1 - 1 / scaled) : ellipse.short_half;
    sum += off * off;
  }
  return std::sqrt(sum / static_cast<double>(outline.size()));
}

// Tips: local maxima of the radius that stand out from the dents on both sides by a sixth of the mean.
void measure_tips(const Path& outline, cv::Point2f centre, OutlineMeasures& measures) {
  std::vector<double> radius;
  for (const auto& p : outline) radius.push_back(distance(p, centre));
  double mean = 0;
  for (const double r : radius) mean += r / static_cast<double>(radius.size());
  const auto start = std::min_element(radius.begin(), radius.end());
  std::rotate(radius.begin(), start, radius.end());
  radius.push_back(radius.front());
  const double least = mean / 6;
  double low = radius[0], high = radius[0], depths = 0;
  bool rising = true;
  for (const double r : radius) {
    if (rising) {
      high = std::max(high, r);
      if (r < high - least) depths += high - low, rising = false, low = r, ++measures.peaks;
    } else {
      low = std::min(low, r);
      if (r > low + least) rising = true, high = r;
    }
  }
  if (measures.peaks > 0) measures.depth = depths / measures.peaks / std::max(mean, 1e-9);
}

// Turning near the corners (a sixth of the sides to both sides) over all turning; a circle has a third of it
// there.
double cornered(const Path& outline, const std::vector<double>& turns, const Path& corners) {
  const std::size_t count = corners.size();
  std::vector<double> reach;  // squared
  for (std::size_t c = 0; c < count; ++c)
    reach.push_back(corner_reach * corner_reach *
                    std::min(square_distance(corners[c], corners[(c + 1) % count]),
                             square_distance(corners[c], corners[(c + count - 1) % count])));
  double near = 0, all = 0;
  for (std::size_t i = 0; i < outline.size(); ++i) {
    all += turns[i];
    for (std::size_t c = 0; c < count; ++c) {
      if (square_distance(outline[i], corners[c]) > reach[c]) continue;
      near += turns[i];
      break;
    }
  }
  return all != 0 ? std::clamp(near / all, 0.0, 1.0) : 0;
}

std::vector<double> turns_of(const Path& outline) {
  const std::size_t n = outline.size();
  std::vector<double> turns;
  for (std::size_t i = 0; i < n; ++i)
    turns.push_back(turn(outline[(i + n - 1) % n], outline[i], outline[(i + 1) % n]));
  return turns;
}

Verdict verdict(ShapeClass shape_class, double confidence) {
  return {shape_class, std::clamp(confidence, 0.05, 0.99)};
}

double corner_angle(const Path& corners, std::size_t i) {
  const std::size_t n = corners.size();
  return 180 - std::abs(turn(corners[(i + n - 1) % n], corners[i], corners[(i + 1) % n]));
}

bool proper_corners(const Path& corners, double least, double most) {
  for (std::size_t i = 0; i < corners.size(); ++i) {
    const double angle = corner_angle(corners, i);
    if (angle < least || angle > most) return false;
  }
  return true;
}

// A long form is blunt when its shortest side is not much shorter than the one across from it: a corner that
// a hand cut off makes a far shorter one.
bool is_blunt(const Path& corners) {
  double sides[4];
  for (std::size_t i = 0; i < 4; ++i) sides[i] = distance(corners[i], corners[(i + 1) % 4]);
  const auto shortest = static_cast<std::size_t>(std::min_element(sides, sides + 4) - sides);
  return sides[shortest] > least_blunt * sides[(shortest + 2) % 4];
}

}  // namespace

ShapeClass name_quadrilateral(const Path& corners) {
  double sides[4];
  for (std::size_t i = 0; i < 4; ++i) sides[i] = distance(corners[i], corners[(i + 1) % 4]);
  const double first = (sides[0] + sides[2]) / 2, second = (sides[1] + sides[3]) / 2;
  const double ratio = std::max(first, second) / std::max(1e-9, std::min(first, second));
  double slant = 0;  // mean angle of the sides from the nearer axis
  for (std::size_t i = 0; i < 4; ++i) {
    const cv::Point2f d = corners[(i + 1) % 4] - corners[i];
    slant += std::atan2(std::min(std::abs(d.x), std::abs(d.y)), std::max(std::abs(d.x), std::abs(d.y))) * 45 /
             CV_PI;
  }
  if (slant > 27 && ratio < 1.6) return ShapeClass::diamond;
  return ratio < 1.22 ? ShapeClass::square : ShapeClass::rectangle;
}

namespace {

// Of three points and more.
OutlineMeasures measure(const Path& outline) {
  OutlineMeasures measures;
  const Path even = smooth(resample(outline, samples, true), 1, true);
  measures.area = std::abs(signed_area(even));
  measures.length = length_of(even, true);
  Path hull;
  cv::convexHull(even, hull);
  measures.solidity = measures.area / std::max(1e-9, std::abs(signed_area(hull)));
  const Ellipse ellipse = ellipse_of(even);
  measures.aspect = ellipse.long_half / ellipse.short_half;
  const double scale = std::sqrt(std::max(measures.area, 1.0));
  measures.ellipse_error = ellipse_error(even, ellipse) / scale;
  const auto fits = fit_polygons(even);
  const Path fine = smooth(resample(outline, fine_samples, true), 1, true);
  const auto turns = turns_of(fine);
  for (std::size_t k = 3; k < fits.size(); ++k) {
    measures.cornered[k] = cornered(fine, turns, fits[k].corners);
    measures.polygon_error[k] = fits[k].error / scale;
    measures.polygon[k] = fits[k].corners;
  }
  measure_tips(even, ellipse.centre, measures);
  return measures;
}

}  // namespace

OutlineMeasures measure_outline(const Path& outline) {
  thread_local Memo<OutlineMeasures> memo;
  if (outline.size() < 3) return {};
  return memo.of(outline, [&] { return measure(outline); });
}

Verdict classify_outline(const OutlineMeasures& m) {
  if (m.area < 1) return verdict(ShapeClass::other, 0.1);
  if (m.solidity < 0.8 && m.peaks >= 4 && m.peaks <= 9 && m.depth > 0.3)
    return verdict(ShapeClass::star, 0.5 + m.depth / 2);
  const double round = m.ellipse_error, three = m.polygon_error[3], four = m.polygon_error[4];
  const bool quadrilateral = (four < 0.024 || four < 0.45 * round) && four < 0.03 && four < round &&
                             proper_corners(m.polygon[4], 35, 150) && m.solidity > 0.85;
  const bool triangle = three < 0.048 && three < round && proper_corners(m.polygon[3], 8, 150);
  const bool blunt = quadrilateral && m.aspect > long_aspect && is_blunt(m.polygon[4]);
  if (triangle && !blunt && (!quadrilateral || three < 1.6 * four + 0.01 / std::max(1.0, m.aspect / 2)))
    return verdict(ShapeClass::triangle, 1 - 10 * three);
  if (quadrilateral) return verdict(name_quadrilateral(m.polygon[4]), 1 - 10 * four);
  if (m.solidity > 0.6)
    for (int k = 5; k <= 8; ++k)
      if (m.polygon_error[k] < std::min(0.02, 0.5 * round) && m.cornered[k] > least_cornered)
        return verdict(ShapeClass::polygon, m.cornered[k]);
  if (round < 0.095 && m.solidity > 0.88)
    return verdict(m.aspect < round_aspect ? ShapeClass::circle : ShapeClass::ellipse, 1 - 6 * round);
  return verdict(ShapeClass::other, 0.3);
}

}  // namespace doodled::sight
